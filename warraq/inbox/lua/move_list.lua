-- Moves payloads from the plain list to the stream, oldest first. Each is read, added, and only then
-- taken off, in one script: no crash can lose it in between.
-- KEYS: list, stream. ARGV: most payloads, most bytes. Returns how many were moved.
local moved, bytes = 0, 0
while moved < tonumber(ARGV[1]) and bytes < tonumber(ARGV[2]) do
  local payload = redis.call('LINDEX', KEYS[1], -1)
  if not payload then break end
  redis.call('XADD', KEYS[2], '*', 'article', payload)
  redis.call('RPOP', KEYS[1])
  moved, bytes = moved + 1, bytes + #payload
end
return moved

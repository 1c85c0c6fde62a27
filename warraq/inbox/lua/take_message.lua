-- Takes the next message off a queue and puts it where it belongs, or does neither: what cannot be
-- written leaves the message where it is. A full Redis is no hindrance, for nothing grows.
-- KEYS: queue. ARGV: the message as it was seen there, then commands, before each its length.
-- Returns 0 if another worker was faster.
if redis.call('LINDEX', KEYS[1], -1) ~= ARGV[1] then return 0 end
local i = 2
while ARGV[i] do
  redis.call(unpack(ARGV, i + 1, i + ARGV[i]))
  i = i + 1 + ARGV[i]
end
redis.call('RPOP', KEYS[1])
return 1

-- Hands new entries to a consumer, until a count or a number of payload bytes is reached.
-- KEYS: stream. ARGV: group, consumer, most entries, most bytes. Returns the entries.
-- One at a time, because XREADGROUP can bound a read by entries only, and 200 of 8 MB would not fit.
local taken, bytes = {}, 0
while #taken < tonumber(ARGV[3]) and bytes < tonumber(ARGV[4]) do
  local answer = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', 1, 'STREAMS', KEYS[1], '>')
  if not answer then break end
  local entry = answer[1][2][1]
  for _, text in ipairs(entry[2] or {}) do bytes = bytes + #text end
  taken[#taken + 1] = entry
end
return taken

-- Acknowledges and deletes delivered entries, and counts each outcome exactly once, however often
-- an entry was delivered.
-- KEYS: stream, counts. ARGV: group, then pairs of id and outcome. Returns how many were pending.
local settled, counts = 0, {}
for i = 2, #ARGV, 2 do
  if redis.call('XACK', KEYS[1], ARGV[1], ARGV[i]) == 1 then
    redis.call('XDEL', KEYS[1], ARGV[i])
    settled = settled + 1
    counts[ARGV[i + 1]] = (counts[ARGV[i + 1]] or 0) + 1
  end
end
for outcome, number in pairs(counts) do redis.call('HINCRBY', KEYS[2], outcome, number) end
return settled

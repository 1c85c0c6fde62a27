-- Sends one dead letter again: the new entry is added before the dead letter goes. A message of
-- Celery's goes back to the queue that it came from, which is its entry.
-- KEYS: dead letters, stream, counts. ARGV: id of the dead letter.
-- Returns the new entry's id, or that queue, or nil if there is no such dead letter.
local found = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])
if not found[1] then return nil end
local letter = {}
for i = 1, #found[1][2], 2 do letter[found[1][2][i]] = found[1][2][i + 1] end
if letter['stage'] == 'celery' then
  redis.call('LPUSH', letter['entry'], letter['payload'])
  redis.call('XDEL', KEYS[1], ARGV[1])
  return letter['entry']
end
local added = redis.call('XADD', KEYS[2], '*', 'article', letter['payload'], 'intake', letter['intake'])
redis.call('XDEL', KEYS[1], ARGV[1])
redis.call('HINCRBY', KEYS[3], 'replayed', 1)
return added

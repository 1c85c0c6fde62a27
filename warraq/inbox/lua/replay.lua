-- Sends dead letters again: of each the new entry is added before the dead letter goes. Two operators
-- at once send each of them once. A message of Celery's goes back to the queue that it came from,
-- which is its entry.
-- KEYS: dead letters, stream, counts. ARGV: ids of dead letters.
-- Returns for each the new entry's id, or that queue, or false if there is no such dead letter.
local added, replayed = {}, 0
for at, id in ipairs(ARGV) do
  local found = redis.call('XRANGE', KEYS[1], id, id)[1]
  local letter = {}
  for i = 1, found and #found[2] or 0, 2 do letter[found[2][i]] = found[2][i + 1] end
  added[at] = false
  if letter['payload'] and letter['stage'] == 'celery' then
    redis.call('LPUSH', letter['entry'], letter['payload'])
    added[at] = letter['entry']
  elseif letter['payload'] then
    added[at] = redis.call('XADD', KEYS[2], '*', 'article', letter['payload'],
      'intake', letter['intake'] or '', 'entry', letter['entry'] or '',
      'replays', (tonumber(letter['replays']) or 0) + 1)
    replayed = replayed + 1
  end
  if added[at] then redis.call('XDEL', KEYS[1], id) end
end
if replayed > 0 then redis.call('HINCRBY', KEYS[3], 'replayed', replayed) end
return added

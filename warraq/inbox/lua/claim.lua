-- Takes over entries whose lease has run out, and says how often each has been delivered.
-- KEYS: stream. ARGV: group, consumer, lease in ms, most entries, most bytes.
-- Returns {id, deliveries, fields} of each. An entry that was in a worker's hands when the lease ran
-- out may have killed it, so it is returned alone; entries that were given back (count 0) may go
-- together.
local idle = redis.call('XPENDING', KEYS[1], ARGV[1], 'IDLE', ARGV[3], '-', '+', ARGV[4])
local claimed, bytes = {}, 0
for _, pending in ipairs(idle) do
  local id, deliveries = pending[1], pending[4]
  if #claimed > 0 and (deliveries > 0 or bytes >= tonumber(ARGV[5])) then break end
  local answer = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], id)
  if answer[1] and answer[1][2] then
    claimed[#claimed + 1] = {id, deliveries + 1, answer[1][2]}
    for _, text in ipairs(answer[1][2]) do bytes = bytes + #text end
    if deliveries > 0 then break end
  else
    -- Deleted from the stream by someone else's hand: nothing is left to deliver.
    redis.call('XACK', KEYS[1], ARGV[1], id)
  end
end
return claimed

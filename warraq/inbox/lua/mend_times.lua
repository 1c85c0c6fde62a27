-- When the clock of Redis has been put back, what was timed before would last as much too long: leases
-- that were given in what is now the future, of workers that died, and the pause. Leases start anew,
-- the pause ends.
-- KEYS: stream, pause. ARGV: group, ms that a lease may lie in the future, longest pause in ms.
-- Returns how many leases and pauses were mended.
local function by_name(list)
  local found = {}
  for i = 1, #list, 2 do found[list[i]] = list[i + 1] end
  return found
end

local mended = 0
if redis.call('PTTL', KEYS[2]) > tonumber(ARGV[3]) then mended = redis.call('DEL', KEYS[2]) end
if redis.call('EXISTS', KEYS[1]) == 0 then return mended end

-- XPENDING shows a lease of the future as one just given; only this tells its time. One entry of each
-- consumer will do: when those before it are gone, the next one is seen.
local groups = by_name(redis.call('XINFO', 'STREAM', KEYS[1], 'FULL', 'COUNT', 1))['groups']
local time = redis.call('TIME')
local latest = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2]
for _, group in ipairs(groups) do
  group = by_name(group)
  for _, consumer in ipairs(group['name'] == ARGV[1] and group['consumers'] or {}) do
    consumer = by_name(consumer)
    local oldest = consumer['pending'][1]
    if oldest and oldest[2] > latest then
      local held = redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 10000, consumer['name'])
      for _, entry in ipairs(held) do
        redis.call('XCLAIM', KEYS[1], ARGV[1], consumer['name'], 0, entry[1], 'JUSTID')
      end
      mended = mended + #held
    end
  end
end
return mended

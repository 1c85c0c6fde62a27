-- Notes in which articles lines were seen, and tells in how many.
--
-- The lines of a source are in two hashes, digest → sightings. When the younger is full, it becomes
-- the elder and a new one begins; a line that is seen again moves along. So what was not seen for
-- long is forgotten, and memory is bounded. Once there are two, the younger has a field ''.
--
-- A sighting is four bytes: two of the article's id, two of its longest line. One that shares either
-- with an earlier one is the same article again, a later version of it or a copy: counted once.
--
-- KEYS: two for each source. ARGV: sightings that are enough, lines in a hash, seconds to keep; then
-- for each source the number of its lines, and for each line its digest and new sightings, joined.
-- Returns for each line how many sightings there are, at most enough.
local enough, most, seconds = tonumber(ARGV[1]) * 4, tonumber(ARGV[2]), ARGV[3]

local function with(seen, new)
  for at = 1, #new, 4 do
    if #seen >= enough then break end
    local article, text = new:sub(at, at + 1), new:sub(at + 2, at + 3)
    local known = false
    for i = 1, #seen, 4 do
      known = known or seen:sub(i, i + 1) == article or seen:sub(i + 2, i + 3) == text
    end
    if not known then seen = seen .. article .. text end
  end
  return seen
end

local counts, at = {}, 4
for source = 1, #KEYS / 2 do
  local young, old = KEYS[source * 2 - 1], KEYS[source * 2]
  if redis.call('HEXISTS', old, '') == 1 then young, old = old, young end
  local changed = false
  local lines = tonumber(ARGV[at])
  for i = at + 1, at + lines * 2, 2 do
    local line = ARGV[i]
    local had = redis.call('HGET', young, line)
    local seen = with(had or redis.call('HGET', old, line) or '', ARGV[i + 1])
    if seen ~= had then
      if not had and redis.call('HLEN', young) >= most then
        redis.call('DEL', old)
        redis.call('HDEL', young, '')
        young, old = old, young
        redis.call('HSET', young, '', '')
      end
      redis.call('HSET', young, line, seen)
      changed = true
    end
    counts[#counts + 1] = #seen / 4
  end
  if changed then
    redis.call('EXPIRE', young, seconds)
    redis.call('EXPIRE', old, seconds)
  end
  at = at + 1 + lines * 2
end
return counts

-- Finds the story of each article, or begins one with it. All of a batch at once, so that copies
-- which come together, to one worker or to two, end in one story.
--
-- What is kept of a story is of its first article: a record with its id and its content words (how
-- many they are and the least hashes of them, two bytes each, in order). An article is
-- only compared with that one, so a story cannot drift from copy to copy to another one. Records
-- stand in pages, strings of fixed width, and are named by their number. What leads to them stands in small
-- hashes ("shards", so small that Redis packs them): a key's first two bytes choose the shard, the others
-- are the field, its value is a list of numbers, four bytes each. There are keys of three
-- lengths: an article's (10 bytes), a text digest's (9) and a band's (5).
--
-- There are two generations. When the younger is full or as old as it may get, the elder is dropped
-- and a new one begins. A story that is found in the elder moves along.
--
-- KEYS: prefix. ARGV: stories in a generation, seconds until the next one, shards, hashes kept of an
-- article at most, the three parts of the needed share; then for each article its id (32 bytes),
-- article's key, digest's key, bands' keys (joined) and content words. The last two are empty where
-- only the digest counts.
-- Returns for each article the id of its story, 32 bytes.
local prefix = KEYS[1]
local most, seconds, shards = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local most_hashes = tonumber(ARGV[4])
local base, by_number, by_ratio = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local FIRST = 8  -- of the arguments that are an article's

local PAGE, ID, BAND = 256, 32, 5  -- records of a page; bytes of the others
local WIDTH = ID + 2 + 2 * most_hashes
local BUCKET = 8       -- numbers under a band, the newest: of a stock phrase there are thousands
local CANDIDATES = 32  -- compared at most, for each article: those that share most bands

local time = redis.call('TIME')
local now = tonumber(time[1])
local state = redis.call('HMGET', prefix, 'young', 'count', 'born', 'shards',
  'elder', 'elder-count', 'elder-shards')
-- Named by the time of their birth: were the hash lost, what they left would mislead nobody.
local function newborn() return time[1] .. '.' .. time[2] end
local young, elder = state[1] or newborn(), state[5] or ''
local count, born = tonumber(state[2] or 0), tonumber(state[3] or now)
local elder_count = tonumber(state[6] or 0)
local sharded = {[elder] = tonumber(state[7] or 0)}
sharded[young] = tonumber(state[4] or shards)

local function place(generation, key)
  local shard = (key:byte(1) * 256 + key:byte(2)) % sharded[generation]
  return prefix .. ':' .. generation .. ':' .. shard, key:sub(3)
end

local function numbers(generation, key)
  if sharded[generation] == 0 then return nil end
  return redis.call('HGET', place(generation, key)) or nil
end

local function page(generation, number)
  return prefix .. ':' .. generation .. ':page:' .. math.floor(number / PAGE)
end

local function record(generation, number)
  local at = number % PAGE * WIDTH
  local found = redis.call('GETRANGE', page(generation, number), at, at + WIDTH - 1)
  return #found == WIDTH and found or nil
end

local function put(key, number, most_numbers)
  local shard, field = place(young, key)
  local had = most_numbers > 1 and redis.call('HGET', shard, field) or ''
  local value = (had .. struct.pack('>I4', number)):sub(-4 * most_numbers)
  redis.call('HSET', shard, field, value)
  if redis.call('HLEN', shard) == 1 then redis.call('EXPIRE', shard, 2 * seconds) end
end

local function note()
  redis.call('HSET', prefix, 'young', young, 'count', count, 'born', born,
    'shards', sharded[young], 'elder', elder, 'elder-count', elder_count,
    'elder-shards', sharded[elder])
  redis.call('EXPIRE', prefix, 2 * seconds)
end

local function rotate()
  for shard = 0, sharded[elder] - 1 do
    redis.call('UNLINK', prefix .. ':' .. elder .. ':' .. shard)
  end
  for number = 0, elder_count - 1, PAGE do redis.call('UNLINK', page(elder, number)) end
  elder, elder_count = young, count
  young, count, born = newborn(), 0, now
  while sharded[young] do young = young .. '+' end  -- a generation smaller than the batch
  sharded[young] = shards
  note()
end

local function begin(id, content, bands)
  if count >= most or now - born >= seconds then rotate() end
  local number = count
  local where = page(young, number)
  if number % PAGE == 0 then
    -- At its full length at once: Redis doubles a string that grows.
    redis.call('SETRANGE', where, PAGE * WIDTH - 1, '\0')
    redis.call('EXPIRE', where, 2 * seconds)
  end
  redis.call('SETRANGE', where, number % PAGE * WIDTH, id .. content)
  for at = 1, #bands, BAND do put(bands:sub(at, at + BAND - 1), number, BUCKET) end
  count = count + 1
  return number
end

-- Content words as they were packed: how many there are, the hashes, whether those are all.
local function unpacked(content, at)
  local count = struct.unpack('>I2', content, at)
  local hashes = {}
  for i = 1, math.min(count, most_hashes) do
    local high, low = content:byte(at + 2 * i, at + 2 * i + 1)
    hashes[i] = high * 256 + low
  end
  return {count = count, hashes = hashes, all = count < most_hashes}
end

-- How much more content words two texts share than one story needs; as
-- `warraq.analysis.duplicates.excess` computes it, but -2 at once where no share would be enough.
local function excess(one, other)
  local few, many = one, other
  if other.count < one.count then few, many = other, one end
  if few.count == 0 then return -2 end
  local needed = base - by_number * math.log(few.count) + by_ratio * math.log(many.count / few.count)
  if needed > 1 then return -2 end
  local last = 65535  -- beyond the last hash of a full list its text may have others
  if not few.all then last = few.hashes[#few.hashes] end
  if not many.all then last = math.min(last, many.hashes[#many.hashes]) end
  local sample, shared, at = 0, 0, 1
  for _, hash in ipairs(few.hashes) do
    if hash > last then break end
    sample = sample + 1
    while at <= #many.hashes and many.hashes[at] < hash do at = at + 1 end
    if many.hashes[at] == hash then shared = shared + 1 end
  end
  return (sample == 0 and 0 or shared / sample) - needed
end

-- The stories to compare a text with: those that share a band, most bands first, of equals the first.
local function candidates(bands)
  local found, by_name = {}, {}
  for age, generation in ipairs({elder, young}) do
    for at = 1, #bands, BAND do
      local list = numbers(generation, bands:sub(at, at + BAND - 1)) or ''
      for i = 1, #list, 4 do
        local number = struct.unpack('>I4', list, i)
        local name = generation .. number
        local one = by_name[name]
        if not one then
          one = {generation = generation, number = number, age = age, bands = 0}
          by_name[name] = one
          found[#found + 1] = one
        end
        one.bands = one.bands + 1
      end
    end
  end
  table.sort(found, function(one, other)
    if one.bands ~= other.bands then return one.bands > other.bands end
    if one.age ~= other.age then return one.age < other.age end
    return one.number < other.number
  end)
  return found
end

-- The story that a text resembles most, if it is one with it: generation, number.
local function resembling(bands, content)
  local mine = unpacked(content, 1)
  local best, best_one = -1, nil
  for i, one in ipairs(candidates(bands)) do
    if i > CANDIDATES then break end
    local other = record(one.generation, one.number)
    local alike = other and excess(mine, unpacked(other, ID + 1)) or -2
    if alike > best then best, best_one = alike, one end
  end
  if best >= 0 then return best_one.generation, best_one.number end
end

local function under(key)
  for _, generation in ipairs({young, elder}) do
    local found = numbers(generation, key)
    if found then
      local number = struct.unpack('>I4', found)
      if record(generation, number) then return generation, number end
    end
  end
end

local stories = {}
for at = FIRST, #ARGV, 5 do
  local id, article, digest, bands, content = unpack(ARGV, at, at + 4)
  if content == '' then content = '\0\0' end
  local generation, number = under(article)
  local known = generation == young
  if not generation then generation, number = under(digest) end
  if not generation and bands ~= '' then generation, number = resembling(bands, content) end
  if generation ~= young then
    local of = generation and record(generation, number)
    number = begin(of and of:sub(1, ID) or id, of and of:sub(ID + 1) or content, bands)
  end
  if not known then
    put(article, number, 1)
    if not numbers(young, digest) then put(digest, number, 1) end
  end
  stories[#stories + 1] = record(young, number):sub(1, ID)
end
note()
return stories

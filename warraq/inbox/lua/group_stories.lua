-- Finds the story of each article, or begins one with it. All of a batch at once, so that copies
-- which come together, to one worker or to two, end in one story.
--
-- What is kept of a story is of its first article: a record with its id and its bins. An article is
-- only compared with that one, so a story cannot drift from copy to copy to another one. Records
-- stand in pages, strings of fixed width, and are named by their number. What leads to them stands in small
-- hashes ("shards", so small that Redis packs them): a key's first two bytes choose the shard, the others
-- are the field, its value is a list of numbers, four bytes each. There are keys of three
-- lengths: an article's (10 bytes), a text digest's (9) and a band's (5).
--
-- There are two generations. When the younger is full or as old as it may get, the elder is dropped
-- and a new one begins. A story that is found in the elder moves along.
--
-- KEYS: prefix. ARGV: stories in a generation, seconds until the next one, shards, least
-- resemblance in thousandths; then for each article its id (32 bytes), article's key, digest's
-- key, bands' keys (joined) and bins. Bands and bins are empty where only the digest counts.
-- Returns for each article the id of its story, 32 bytes.
local prefix = KEYS[1]
local most, seconds, shards = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local least = tonumber(ARGV[4]) / 1000

local PAGE, ID, BINS, BAND = 256, 32, 128, 5  -- records of a page; bytes of the others
local WIDTH = ID + BINS
local BUCKET = 8       -- numbers under a band, the newest: of a stock phrase there are thousands
local CANDIDATES = 64  -- compared at most, for each article

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

local function begin(id, bins, bands)
  if count >= most or now - born >= seconds then rotate() end
  local number = count
  local where = page(young, number)
  if number % PAGE == 0 then
    -- At its full length at once: Redis doubles a string that grows.
    redis.call('SETRANGE', where, PAGE * WIDTH - 1, '\0')
    redis.call('EXPIRE', where, 2 * seconds)
  end
  redis.call('SETRANGE', where, number % PAGE * WIDTH, id .. bins)
  for at = 1, #bands, BAND do put(bands:sub(at, at + BAND - 1), number, BUCKET) end
  count = count + 1
  return number
end

local function resemblance(bins, other)
  local same, any = 0, 0
  for at = 1, BINS do
    local left, right = bins:byte(at), other:byte(ID + at)
    if left ~= 0 or right ~= 0 then
      any = any + 1
      if left == right then same = same + 1 end
    end
  end
  return any == 0 and 0 or same / any
end

-- The story that a text resembles most; of equals the first: generation, number.
local function resembling(bands, bins)
  local best, best_generation, best_number = least, nil, nil
  local seen, compared = {}, 0
  for _, generation in ipairs({elder, young}) do
    for at = 1, #bands, BAND do
      local found = numbers(generation, bands:sub(at, at + BAND - 1)) or ''
      for i = 1, #found, 4 do
        local number = struct.unpack('>I4', found, i)
        local name = generation .. number
        if not seen[name] and compared < CANDIDATES then
          seen[name], compared = true, compared + 1
          local other = record(generation, number)
          local alike = other and resemblance(bins, other) or 0
          if alike > best or alike == best and not best_number then
            best, best_generation, best_number = alike, generation, number
          end
        end
      end
    end
  end
  return best_generation, best_number
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
for at = 5, #ARGV, 5 do
  local id, article, digest, bands, bins = unpack(ARGV, at, at + 4)
  if bins == '' then bins = ('\0'):rep(BINS) end
  local generation, number = under(article)
  local known = generation == young
  if not generation then generation, number = under(digest) end
  if not generation and bands ~= '' then generation, number = resembling(bands, bins) end
  if generation ~= young then
    local of = generation and record(generation, number)
    number = begin(of and of:sub(1, ID) or id, of and of:sub(ID + 1) or bins, bands)
  end
  if not known then
    put(article, number, 1)
    if not numbers(young, digest) then put(digest, number, 1) end
  end
  stories[#stories + 1] = record(young, number):sub(1, ID)
end
note()
return stories

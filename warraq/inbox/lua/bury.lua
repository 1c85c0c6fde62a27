-- Moves one entry to the dead letters. The dead letter is written first: if it cannot be, the error
-- leaves the entry pending.
-- KEYS: stream, dead letters, counts. ARGV: group, id, then the dead letter's fields.
-- Returns the dead letter's id, or nil if the entry was settled already.
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)
if #pending == 0 then return nil end
local fields = {}
for i = 3, #ARGV do fields[#fields + 1] = ARGV[i] end
local buried = redis.call('XADD', KEYS[2], '*', unpack(fields))
redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
redis.call('XDEL', KEYS[1], ARGV[2])
redis.call('HINCRBY', KEYS[3], 'dead', 1)
return buried

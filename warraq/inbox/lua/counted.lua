-- The id of the newest dead letter, how many there are, and what was remembered of counting them, all
-- of one moment. No MULTI: a full Redis takes none, not even one that only reads.
-- KEYS: dead letters, what was remembered.
local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
return {newest and newest[1] or false, redis.call('XLEN', KEYS[1]), redis.call('GET', KEYS[2])}

-- Tells all workers to wait, longer with each failure in a row.
-- KEYS: pause, outage. ARGV: why; ms of the first and of the longest pause; share of it to take;
-- seconds after which failures are forgotten. Returns the ms of the pause.
local failures = redis.call('INCR', KEYS[2])
redis.call('EXPIRE', KEYS[2], ARGV[5])
local longest = math.min(tonumber(ARGV[3]), tonumber(ARGV[2]) * 2 ^ math.min(failures, 10))
local ms = math.ceil(longest * tonumber(ARGV[4]))
redis.call('SET', KEYS[1], ARGV[1], 'PX', ms)
return ms

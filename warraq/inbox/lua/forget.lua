-- Drops a consumer unless it holds entries: deleting it would take those out of everyone's reach.
-- KEYS: stream. ARGV: group, consumer. Returns 1 if it went.
if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) > 0 then return 0 end
redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
return 1

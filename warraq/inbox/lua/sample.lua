-- The time, how many have ended each way, and how many are left, all of one moment. No MULTI: a full
-- Redis takes none, not even one that only reads.
-- KEYS: counts, stream, plain list. ARGV: names of the counts.
return {
  redis.call('TIME'),
  redis.call('HMGET', KEYS[1], unpack(ARGV)),
  redis.call('XLEN', KEYS[2]),
  redis.call('LLEN', KEYS[3]),
}

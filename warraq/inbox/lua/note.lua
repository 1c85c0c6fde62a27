-- Writes fields of a hash, also while Redis is full: it allows HDEL, and whoever has written may
-- finish. Workers that could leave no sign of life then would be taken for dead.
-- KEYS: hash. ARGV: pairs of field and value.
for i = 1, #ARGV, 2 do
  redis.call('HDEL', KEYS[1], ARGV[i])
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end

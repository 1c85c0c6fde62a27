-- Adds an article that is in Redis already, as a Celery message: a full Redis takes it all the same,
-- for the message goes in return.
-- KEYS: stream. ARGV: payload. Returns the entry's id.
redis.call('PERSIST', KEYS[1])  -- allowed when full, and whoever has written may finish
return redis.call('XADD', KEYS[1], '*', 'article', ARGV[1])

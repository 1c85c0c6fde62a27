-- Gives entries back without having counted the attempt, free to be taken at once.
-- KEYS: stream. ARGV: group, consumer, lease in ms, then pairs of id and deliveries to go on from.
for i = 4, #ARGV, 2 do
  if #redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2]) > 0 then
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i],
      'IDLE', ARGV[3], 'RETRYCOUNT', ARGV[i + 1], 'JUSTID')
  end
end
return redis.status_reply('OK')

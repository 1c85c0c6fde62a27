-- The kind of version of each source: the one it began with, now the wanted one where it had none.
-- KEYS: hash. ARGV: pairs of source and wanted kind. Returns the kinds.
local kinds = {}
for i = 1, #ARGV, 2 do
  redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1])
  kinds[#kinds + 1] = redis.call('HGET', KEYS[1], ARGV[i])
end
return kinds

-- Runs commands also while Redis is full: it allows DEL, and whoever has written may finish.
-- KEYS: a key that is never there. ARGV: for each command how many parts it has, and these.
-- Returns their answers.
redis.call('DEL', KEYS[1])
local answers, at = {}, 1
while at <= #ARGV do
  local last = at + tonumber(ARGV[at])
  answers[#answers + 1] = redis.call(unpack(ARGV, at + 1, last))
  at = last + 1
end
return answers

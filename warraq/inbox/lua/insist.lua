-- Runs commands of which each would be refused alone while Redis is full.
-- ARGV: for each command how many parts it has, and these.
-- Returns their answers.
local answers, at = {}, 1
while at <= #ARGV do
  local last = at + tonumber(ARGV[at])
  answers[#answers + 1] = redis.call(unpack(ARGV, at + 1, last))
  at = last + 1
end
return answers

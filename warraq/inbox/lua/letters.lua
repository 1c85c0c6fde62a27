-- A page of dead letters: those that match, of the next so many or so many bytes.
-- KEYS: dead letters. ARGV: from and to (ids as XRANGE takes them), most letters and most payload
-- bytes to look at, 1 for payloads too (0: only how long they are), then pairs of field and value
-- that letters must have.
-- Returns the last id looked at if there may be more, else nil; then {id, bytes, fields} of each.
-- One at a time, for 500 payloads of 8 MB at once would not fit.
local found, from, bytes, looked = {}, ARGV[1], 0, 0
while looked < tonumber(ARGV[3]) and bytes < tonumber(ARGV[4]) do
  local letter = redis.call('XRANGE', KEYS[1], from, ARGV[2], 'COUNT', 1)[1]
  if not letter then return {false, found} end
  local wanted, fields, size = {}, {}, 0
  for i = 6, #ARGV, 2 do wanted[ARGV[i]] = ARGV[i + 1] end
  for i = 1, #letter[2], 2 do
    local name, value = letter[2][i], letter[2][i + 1]
    if wanted[name] == value then wanted[name] = nil end
    if name == 'payload' then size = #value end
    if name ~= 'payload' or ARGV[5] == '1' then
      fields[#fields + 1] = name
      fields[#fields + 1] = value
    end
  end
  if next(wanted) == nil then found[#found + 1] = {letter[1], size, fields} end
  bytes, looked, from = bytes + size, looked + 1, '(' .. letter[1]
end
return {from:sub(2), found}

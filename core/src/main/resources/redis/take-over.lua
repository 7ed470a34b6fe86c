-- Pending jobs of one stream. KEYS: stream.
-- ARGV: group, own consumer, whose ('' for anybody's), least idle time in ms, id after which to look ('' from the first),
-- how many, whether to make them ours ('1') or only to look ('0').
-- Answers id, number of deliveries before, and body ('' where the entry is trimmed) of each.
local from = ARGV[5] == '' and '-' or '(' .. ARGV[5]
local query = {'XPENDING', KEYS[1], ARGV[1], 'IDLE', ARGV[4], from, '+', ARGV[6]}
if ARGV[3] ~= '' then
  query[#query + 1] = ARGV[3]
end
local pending = redis.pcall(unpack(query))
if pending.err then
  if string.find(pending.err, 'NOGROUP') then
    return {}
  end
  return pending
end
local taken = {}
for _, entry in ipairs(pending) do
  local id = entry[1]
  local found
  if ARGV[7] == '1' then
    found = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[4], id)
  else
    found = redis.call('XRANGE', KEYS[1], id, id)
  end
  local body = ''
  if found[1] and found[1][2] then
    body = found[1][2][2]
  end
  taken[#taken + 1] = id
  taken[#taken + 1] = entry[4]
  taken[#taken + 1] = body
end
return taken

-- Consumers of one stream that have jobs pending. KEYS: stream.
-- ARGV: group, own consumer, idle time in ms after which a consumer without jobs is removed.
local consumers = redis.pcall('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])
if consumers.err then
  return {}
end
local busy = {}
for _, consumer in ipairs(consumers) do
  local field = {}
  for i = 1, #consumer, 2 do
    field[consumer[i]] = consumer[i + 1]
  end
  if field['pending'] > 0 then
    busy[#busy + 1] = field['name']
  elseif field['idle'] > tonumber(ARGV[3]) and field['name'] ~= ARGV[2] then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], field['name'])
  end
end
return busy

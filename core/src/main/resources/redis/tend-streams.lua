-- Makes the consumer group where it is missing, trims what every consumer is done with, and tells what waits.
-- Never by length: an entry that was not delivered, or is not acknowledged, stays.
-- KEYS: streams. ARGV: consumer group.
-- Returns three a stream: age in ms of the oldest entry that was not delivered (0 if none), entries, entries not acknowledged.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local answer = {}

local function lastDelivered(stream)
  local groups = redis.pcall('XINFO', 'GROUPS', stream)
  if not groups.err then
    for _, group in ipairs(groups) do
      local fields = {}
      for i = 1, #group, 2 do fields[group[i]] = group[i + 1] end
      if fields['name'] == ARGV[1] then return fields['last-delivered-id'] end
    end
  end
  redis.call('XGROUP', 'CREATE', stream, ARGV[1], '0', 'MKSTREAM')
  return '0-0'
end

for _, stream in ipairs(KEYS) do
  local delivered = lastDelivered(stream)
  local pending = redis.call('XPENDING', stream, ARGV[1])
  redis.call('XTRIM', stream, 'MINID', '~', pending[2] or delivered, 'LIMIT', 0)
  local waiting = redis.call('XRANGE', stream, '(' .. delivered, '+', 'COUNT', 1)[1]
  answer[#answer + 1] = waiting and math.max(0, now - tonumber(string.match(waiting[1], '^%d+'))) or 0
  answer[#answer + 1] = redis.call('XLEN', stream)
  answer[#answer + 1] = pending[1]
end
return answer

-- Tells what waits on streams, and changes nothing.
-- KEYS: streams. ARGV: consumer group.
-- Returns three a stream: age in ms of the oldest entry that was not delivered (0 if none), entries, entries not acknowledged.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local answer = {}

for _, stream in ipairs(KEYS) do
  local delivered, pending = '0-0', 0
  local groups = redis.pcall('XINFO', 'GROUPS', stream)
  if not groups.err then
    for _, group in ipairs(groups) do
      local fields = {}
      for i = 1, #group, 2 do fields[group[i]] = group[i + 1] end
      if fields['name'] == ARGV[1] then
        delivered, pending = fields['last-delivered-id'], fields['pending']
      end
    end
  end
  local waiting = redis.call('XRANGE', stream, '(' .. delivered, '+', 'COUNT', 1)[1]
  answer[#answer + 1] = waiting and math.max(0, now - tonumber(string.match(waiting[1], '^%d+'))) or 0
  answer[#answer + 1] = redis.call('XLEN', stream)
  answer[#answer + 1] = pending
end
return answer

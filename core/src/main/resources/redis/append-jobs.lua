-- Appends batches of jobs, one a shard, unless a newer scheduler owns the shard or its mark is not where the batch begins.
-- KEYS: urgent stream, standard stream, mark.
-- ARGV: size of a job; then seven a batch: shard, epoch, from, to, takes over, urgent jobs, standard jobs.
-- Who takes over is the newest from then on, also where the mark is ahead of it.
-- Returns two a batch: verdict (0 taken, 1 deposed, 2 forgotten, 3 ahead), and the watermark that was found or -1.
local size = tonumber(ARGV[1])
local answer, marks = {}, {}

local function append(stream, jobs)
  for at = 1, #jobs, size do
    redis.call('XADD', stream, '*', 'j', string.sub(jobs, at, at + size - 1))
  end
end

local function judge(epoch, from, to, takesOver, storedEpoch, watermark)
  if storedEpoch > epoch then return 1 end
  if storedEpoch < epoch then
    if not takesOver then return 2 end
    -- the last holder went on until now; a mark that is far beyond is of a clock that was wrong
    return watermark > from and watermark <= to + 1000 and 3 or 0
  end
  if watermark < from then return 2 end
  if watermark > from then return 3 end
  return 0
end

for i = 2, #ARGV, 7 do
  local shard = ARGV[i]
  local stored = redis.call('HMGET', KEYS[3], 'e' .. shard, 'w' .. shard)
  local watermark = tonumber(stored[2] or '-1')
  local from, takesOver = tonumber(ARGV[i + 2]), ARGV[i + 4] == '1'
  local to = tonumber(ARGV[i + 3])
  local verdict = judge(tonumber(ARGV[i + 1]), from, to, takesOver, tonumber(stored[1] or '-1'), watermark)
  if takesOver and (verdict == 0 or verdict == 3) then
    marks[#marks + 1] = 'e' .. shard
    marks[#marks + 1] = ARGV[i + 1]
  end
  if verdict == 0 then
    append(KEYS[1], ARGV[i + 5])
    append(KEYS[2], ARGV[i + 6])
    marks[#marks + 1] = 'w' .. shard
    marks[#marks + 1] = ARGV[i + 3]
  end
  answer[#answer + 1] = verdict
  answer[#answer + 1] = watermark
end
if #marks > 0 then
  redis.call('HSET', KEYS[3], unpack(marks))
end
return answer

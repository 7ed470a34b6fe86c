-- What Argo CD shows of a HealthCheckService: whether it was accepted and is scheduled. A target that is down does not
-- make the Application degraded; health-strict.lua is for those who want that.
local hs = {status = "Progressing", message = "Waiting for the operator"}
local status = obj.status
if status == nil or status.conditions == nil then
  return hs
end
if status.observedGeneration == nil or obj.metadata.generation == nil
    or status.observedGeneration < obj.metadata.generation then
  hs.message = "Waiting for the operator to see the change"
  return hs
end
local conditions = {}
for _, condition in ipairs(status.conditions) do
  conditions[condition.type] = condition
end
local function is(name, value)
  return conditions[name] ~= nil and conditions[name].status == value
end
if is("Stalled", "True") then
  hs.status = "Degraded"
  hs.message = conditions.Stalled.message
elseif is("Reconciling", "True") then
  hs.message = conditions.Reconciling.message
elseif is("Ready", "False") then
  hs.status = "Degraded"
  hs.message = conditions.Ready.message
elseif is("Ready", "True") then
  if is("Suspended", "True") then
    hs.status = "Suspended"
    hs.message = conditions.Suspended.message
  else
    hs.status = "Healthy"
    hs.message = conditions.Ready.message
  end
end
return hs

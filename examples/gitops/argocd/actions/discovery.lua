-- Actions that Argo CD offers for a HealthCheckService.
local suspended = obj.spec ~= nil and obj.spec.suspend == true
return {
  ["suspend"] = {["disabled"] = suspended, ["iconClass"] = "fa fa-fw fa-pause-circle"},
  ["resume"] = {["disabled"] = not suspended, ["iconClass"] = "fa fa-fw fa-play-circle"},
  ["check-now"] = {["disabled"] = suspended, ["iconClass"] = "fa fa-fw fa-refresh"}
}

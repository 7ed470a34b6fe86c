-- A new value asks for a check at once; the status says which value was handled.
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["healthchecker.io/check-now"] = os.date("!%Y-%m-%dT%H:%M:%SZ")
return obj

-- Argo CD reports a difference to Git until the next sync: where selfHeal is on, suspend in Git instead.
obj.spec.suspend = true
return obj

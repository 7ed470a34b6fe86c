{{- /* Where the four secrets are: a Secret of the user's own, or the one of this release. */ -}}

{{- /* Name of the Secret; nothing where there is none. dict "top" $ "part" "database" "inline" "url" */ -}}
{{- define "health-checker.secretName" -}}
{{- $part := index .top.Values .part -}}
{{- if $part.existingSecret -}}
{{- $part.existingSecret -}}
{{- else if or (index $part .inline) (and .top.Values.evaluation.enabled (not .top.Values.existingSecret)) -}}
{{- include "health-checker.fullname" .top -}}
{{- else -}}
{{- .top.Values.existingSecret -}}
{{- end -}}
{{- end -}}

{{- define "health-checker.secretEnv" -}}
{{- $name := include "health-checker.secretName" . -}}
{{- $part := index .top.Values .part -}}
{{- if $name }}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef:
      name: {{ $name }}
      key: {{ $part.key }}
      {{- if .optional }}
      optional: true
      {{- end }}
{{- else if not .optional }}
{{- fail (printf "no Secret has %s: name one of yours in existingSecret or %s.existingSecret, or try the product by evaluation.enabled=true" $part.key .part) }}
{{- end }}
{{- end -}}

{{- /* Variables of every process. */ -}}
{{- define "health-checker.stores" -}}
{{- include "health-checker.secretEnv" (dict "top" . "part" "database" "inline" "url" "variable" "DATABASE_URL") }}
{{- include "health-checker.secretEnv" (dict "top" . "part" "redis" "inline" "url" "variable" "REDIS_URL") }}
{{- end -}}

{{- define "health-checker.encryption" -}}
{{- include "health-checker.secretEnv" (dict "top" . "part" "encryption" "inline" "secret" "variable" "SECRET_KEY" "optional" true) }}
{{- end -}}

{{- /* Pods roll when a value changes that became part of the release. */ -}}
{{- define "health-checker.inlineChecksum" -}}
{{- list .Values.database.url .Values.redis.url .Values.auth.secret .Values.encryption.secret | toJson | sha256sum -}}
{{- end -}}

{{- /* Names and labels. */ -}}

{{- define "health-checker.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "health-checker.namespace" -}}
{{- default .Release.Namespace .Values.namespaceOverride -}}
{{- end -}}

{{- /* Of what belongs to no namespace: two releases of one name in two namespaces must not meet. */ -}}
{{- define "health-checker.clusterName" -}}
{{- printf "%s-%s" (include "health-checker.namespace" .) (include "health-checker.fullname" .) | trunc 80 | trimAll "-" -}}
{{- end -}}

{{- define "health-checker.selector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "health-checker.labels" -}}
{{ include "health-checker.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: health-checker
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- /* Metadata of an object of the namespace: dict "top" $ "name" suffix "component" word. */ -}}
{{- define "health-checker.metadata" -}}
name: {{ include "health-checker.fullname" .top }}{{ with .name }}-{{ . }}{{ end }}
namespace: {{ include "health-checker.namespace" .top }}
labels:
  {{- include "health-checker.labels" .top | nindent 2 }}
  {{- with .component }}
  app.kubernetes.io/component: {{ . }}
  {{- end }}
{{- end -}}

{{- define "health-checker.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (printf "%s-operator" (include "health-checker.fullname" .)) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.create is false: name an account in serviceAccount.name" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "health-checker.lease" -}}
{{ include "health-checker.fullname" . }}-operator
{{- end -}}

{{- define "health-checker.image" -}}
{{- $registry := default .Values.image.registry .Values.global.imageRegistry -}}
{{- $name := ternary (printf "%s/%s" $registry .Values.image.repository) .Values.image.repository (ne $registry "") -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" $name .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" $name (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- /* An image that has a registry already: dict "top" $ "image" name. */ -}}
{{- define "health-checker.otherImage" -}}
{{- if .top.Values.global.imageRegistry -}}
{{- printf "%s/%s" .top.Values.global.imageRegistry (regexReplaceAll "^[^/]+[.:][^/]*/" .image "") -}}
{{- else -}}
{{- .image -}}
{{- end -}}
{{- end -}}

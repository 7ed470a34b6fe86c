{{- /*
The pod of a process: restricted, started when PostgreSQL and Redis answer, ended after it has handed over.
dict "top" $ "component" "worker" "values" .Values.worker "port" 8082 "graceSeconds" 40 "env" "- name: …" "account" name
*/ -}}
{{- define "health-checker.pod" -}}
{{- $top := .top -}}
{{- $values := .values -}}
metadata:
  labels:
    {{- include "health-checker.labels" $top | nindent 4 }}
    app.kubernetes.io/component: {{ .component }}
    {{- with $values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    kubectl.kubernetes.io/default-container: {{ .component }}
    checksum/inline: {{ include "health-checker.inlineChecksum" $top }}
    {{- with $values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  {{- with .account }}
  serviceAccountName: {{ . }}
  {{- end }}
  automountServiceAccountToken: {{ not (empty .account) }}
  enableServiceLinks: false
  {{- with concat $top.Values.global.imagePullSecrets $top.Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  terminationGracePeriodSeconds: {{ .graceSeconds }}
  securityContext:
    {{- include "health-checker.podSecurity" (dict "user" $top.Values.podSecurityContext.runAsUser "group" $top.Values.podSecurityContext.runAsGroup "fsGroup" $top.Values.podSecurityContext.fsGroup) | nindent 4 }}
    {{- with $values.pingGroupRange }}
    sysctls:
      - name: net.ipv4.ping_group_range
        value: {{ . | quote }}
    {{- end }}
  containers:
    - name: {{ .component }}
      image: {{ include "health-checker.image" $top }}
      imagePullPolicy: {{ $top.Values.image.pullPolicy }}
      args: [{{ .component }}, --await, {{ $top.Values.awaitSeconds | int | quote }}]
      env:
        - name: ENV
          value: {{ $top.Values.environment }}
        - name: PORT
          value: {{ .port | quote }}
        - name: POD_NAME
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
        - name: POD_NAMESPACE
          valueFrom:
            fieldRef:
              fieldPath: metadata.namespace
        {{- include "health-checker.stores" $top | trim | nindent 8 }}
        {{- .env | trim | nindent 8 }}
        {{- with $values.settings }}
        {{- include "health-checker.settings" . | trim | nindent 8 }}
        {{- end }}
        {{- with $values.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      ports:
        - name: http
          containerPort: {{ .port }}
      {{- /* the context comes up after both servers answered and the schema is migrated */}}
      startupProbe:
        httpGet:
          path: /actuator/health/liveness
          port: http
        periodSeconds: 2
        timeoutSeconds: 5
        failureThreshold: {{ add 150 (div (int $top.Values.awaitSeconds) 2) }}
      livenessProbe:
        httpGet:
          path: /actuator/health/liveness
          port: http
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet:
          path: /actuator/health/readiness
          port: http
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 3
      {{- if .lameDuckSeconds }}
      lifecycle:
        preStop:
          sleep:
            seconds: {{ .lameDuckSeconds }}
      {{- end }}
      resources:
        {{- toYaml $values.resources | nindent 8 }}
      securityContext:
        {{- include "health-checker.containerSecurity" . | nindent 8 }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- with $values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: 256Mi
    {{- with $values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  affinity:
    {{- if $values.affinity }}
    {{- toYaml $values.affinity | nindent 4 }}
    {{- else }}
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels:
                {{- include "health-checker.selector" $top | nindent 16 }}
                app.kubernetes.io/component: {{ .component }}
    {{- end }}
  topologySpreadConstraints:
    {{- if $values.topologySpreadConstraints }}
    {{- toYaml $values.topologySpreadConstraints | nindent 4 }}
    {{- else }}
    {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      matchLabelKeys: [pod-template-hash]
      labelSelector:
        matchLabels:
          {{- include "health-checker.selector" $top | nindent 10 }}
          app.kubernetes.io/component: {{ $.component }}
    {{- end }}
    {{- end }}
{{- end -}}

{{- /* Of every pod here: what the Pod Security Standard "restricted" demands. */ -}}
{{- define "health-checker.podSecurity" -}}
runAsNonRoot: true
{{- with .user }}
runAsUser: {{ int . }}
{{- end }}
{{- with .group }}
runAsGroup: {{ int . }}
{{- end }}
{{- with .fsGroup }}
fsGroup: {{ int . }}
fsGroupChangePolicy: OnRootMismatch
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "health-checker.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- /* Settings of the application as variables: hc.schedule.shed-after is HC_SCHEDULE_SHEDAFTER. */ -}}
{{- define "health-checker.settings" -}}
{{- range $name, $value := . }}
- name: {{ $name | replace "-" "" | replace "." "_" | upper }}
  value: {{ ternary (printf "%.0f" $value) (toString $value) (and (kindIs "float64" $value) (eq (floor $value) $value)) | quote }}
{{- end }}
{{- end -}}

{{- define "health-checker.selectorOf" -}}
matchLabels:
  {{- include "health-checker.selector" .top | nindent 2 }}
  app.kubernetes.io/component: {{ .component }}
{{- end -}}

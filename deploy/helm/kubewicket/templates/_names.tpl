{{- define "kubewicket.selector" -}}
app.kubernetes.io/name: kubewicket
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "kubewicket.meta" -}}
name: {{ .Release.Name }}
namespace: {{ .Release.Namespace }}
labels:
  {{- include "kubewicket.selector" . | nindent 2 }}
  app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}

package io.healthchecker.cluster;

import java.util.Locale;

/** What a cluster is made of, in the order in which it is of use. Each is a tool of a Go module. */
public enum Program {
    ETCD("go.etcd.io/etcd/server/v3"),
    KUBE_APISERVER("k8s.io/kubernetes/cmd/kube-apiserver"),
    KUBECTL("k8s.io/kubernetes/cmd/kubectl"),
    KUBE_CONTROLLER_MANAGER("k8s.io/kubernetes/cmd/kube-controller-manager"),
    KUBE_SCHEDULER("k8s.io/kubernetes/cmd/kube-scheduler"),
    KWOK("sigs.k8s.io/kwok/cmd/kwok"),
    HELM("helm.sh/helm/v3/cmd/helm"),
    HELM_4(GoModule.HELM_4, "helm.sh/helm/v4/cmd/helm"),
    KUBELET("k8s.io/kubernetes/cmd/kubelet"),
    KUBE_PROXY("k8s.io/kubernetes/cmd/kube-proxy"),
    COREDNS("./coredns"),
    PAUSE("./pause"),
    FORWARD("./forward"),
    TARGET("./target");

    private final GoModule module;
    private final String goPackage;

    Program(String goPackage) {
        this(GoModule.CONTROL_PLANE, goPackage);
    }

    Program(GoModule module, String goPackage) {
        this.module = module;
        this.goPackage = goPackage;
    }

    GoModule module() {
        return module;
    }

    /** The name of its file. */
    public String fileName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String goPackage() {
        return goPackage;
    }
}

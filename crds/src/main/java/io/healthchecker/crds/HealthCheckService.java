package io.healthchecker.crds;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A service that somebody declares in Kubernetes. Only who speaks to Kubernetes needs this class and its client. */
@JsonIgnoreProperties(ignoreUnknown = true)
@Group(HealthCheckService.GROUP)
@Version(HealthCheckService.VERSION)
@Kind(HealthCheckService.KIND)
@Singular("healthcheckservice")
@Plural("healthcheckservices")
@ShortNames("hcs")
@Categories("health-checker")
@AdditionalPrinterColumn(name = "State", jsonPath = ".status.state")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "Since",
        jsonPath = ".status.lastTransitionTime",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Target", jsonPath = ".status.target")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Period",
        jsonPath = ".spec.periodSeconds",
        type = AdditionalPrinterColumn.Type.INTEGER,
        priority = 1)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Healthy\")].reason", priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.conditions[?(@.type==\"Healthy\")].message",
        priority = 1)
@AdditionalSelectableField(jsonPath = ".status.state")
@AdditionalSelectableField(jsonPath = ".spec.suspend")
public final class HealthCheckService extends CustomResource<Definition, ServiceStatus> implements Namespaced {
    public static final String GROUP = "healthchecker.io";
    public static final String VERSION = "v1alpha1";
    public static final String KIND = "HealthCheckService";

    private static final long serialVersionUID = 1L;

    @Override
    @Required
    public Definition getSpec() {
        return super.getSpec();
    }

    // before the first visit kstatus, and whoever waits with it, must not take the resource for settled
    @Override
    @Default("{\"observedGeneration\": -1}")
    public ServiceStatus getStatus() {
        return super.getStatus();
    }
}

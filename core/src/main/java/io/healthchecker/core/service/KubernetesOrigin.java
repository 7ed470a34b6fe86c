package io.healthchecker.core.service;

/**
 * The custom resource that a service comes from.
 *
 * @param uid of this very resource; one that is deleted and made anew under the same name has another
 * @param generation of the definition that was applied; grows with each change of the resource's spec
 * @param definitionHash of what was applied, secrets included
 */
public record KubernetesOrigin(long serviceId, ResourceName name, String uid, long generation, String definitionHash) {}

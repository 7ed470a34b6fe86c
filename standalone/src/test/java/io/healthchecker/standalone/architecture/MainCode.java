package io.healthchecker.standalone.architecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** What ships: neither tests nor what they share, nor the cluster of developers. */
final class MainCode implements ImportOption {
    @Override
    public boolean includes(Location location) {
        return !location.contains("/test-classes/")
                && !location.contains("/io/healthchecker/testing/")
                && !location.contains("/io/healthchecker/cluster/");
    }
}

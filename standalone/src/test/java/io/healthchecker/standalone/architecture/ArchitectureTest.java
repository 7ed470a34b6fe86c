package io.healthchecker.standalone.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callConstructor;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static io.healthchecker.standalone.architecture.Named.inFileNamed;
import static io.healthchecker.standalone.architecture.Named.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may know whom. Each rule says why; whoever has a better reason changes the rule. */
@AnalyzeClasses(packages = "io.healthchecker", importOptions = MainCode.class)
class ArchitectureTest {
    private static final String CRDS = "io.healthchecker.crds..";
    private static final String CORE = "io.healthchecker.core..";
    private static final String OPERATOR = "io.healthchecker.operator..";
    private static final String WORKER = "io.healthchecker.worker..";
    private static final String API = "io.healthchecker.api..";
    private static final String OURS = "io.healthchecker..";

    @ArchTest
    static final ArchRule theDefinitionKnowsNothingOfOurs = knowsOfOursOnly(CRDS, CRDS)
            .because("it is said once, for every process and for those who read it without us");

    @ArchTest
    static final ArchRule coreKnowsOnlyTheDefinition =
            knowsOfOursOnly(CORE, CRDS, CORE).because("the processes agree on it; it agrees with none of them");

    @ArchTest
    static final ArchRule theOperatorKnowsNoOtherProcess =
            knowsOfOursOnly(OPERATOR, CRDS, CORE, OPERATOR).because(theyMeetElsewhere());

    @ArchTest
    static final ArchRule theWorkerKnowsNoOtherProcess =
            knowsOfOursOnly(WORKER, CRDS, CORE, WORKER).because(theyMeetElsewhere());

    @ArchTest
    static final ArchRule theApiServerKnowsNoOtherProcess =
            knowsOfOursOnly(API, CRDS, CORE, API).because(theyMeetElsewhere());

    @ArchTest
    static final ArchRule packagesFormNoCircle = slices().matching("io.healthchecker.(**)")
            .should()
            .beFreeOfCycles()
            .because("what stands in a circle can only be understood at once");

    @ArchTest
    static final ArchRule coreIsToldInOrder = classes()
            .that(resideInAPackage(CORE))
            .should(CoreOrder.knowOnlyWhatStandsBefore())
            .because("it is the order in which the story is told");

    @ArchTest
    static final ArchRule coreIsPlainJava = noClasses()
            .that(resideInAPackage(CORE))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "io.netty..",
                            "io.fabric8.kubernetes..",
                            "jakarta.servlet..",
                            "org.springframework.beans..",
                            "org.springframework.boot..",
                            "org.springframework.context..",
                            "org.springframework.web..")
                    .or(named(
                            "java.lang.Thread",
                            "java.util.concurrent.Executor",
                            "java.util.concurrent.ExecutorService",
                            "java.util.concurrent.ScheduledExecutorService",
                            "java.util.concurrent.Executors")))
            .because("what is pure is tested in microseconds");

    @ArchTest
    static final ArchRule sqlStandsInTables = noClasses()
            .that(resideInAPackage(CORE).and(not(inFileNamed("Table"))))
            .should()
            .callMethodWhere(target(owner(resideInAnyPackage("org.springframework.jdbc..", "java.sql.."))))
            .because("there is one place to look for the SQL of a table");

    @ArchTest
    static final ArchRule redisCommandsStandInStreams = noClasses()
            .that(resideInAPackage(CORE).and(not(inFileNamed("Stream").or(inFileNamed("StreamScript")))))
            .should()
            .dependOnClassesThat(resideInAPackage("io.lettuce.."))
            .because("there is one place to look for the commands of a stream");

    @ArchTest
    static final ArchRule tablesOpenNoTransaction = noClasses()
            .that(inFileNamed("Table"))
            .and()
            .doNotHaveSimpleName("CheckPartitionTable")
            .should()
            .dependOnClassesThat(resideInAPackage("org.springframework.transaction.."))
            .because("a transaction is composed by its caller; partitions alone commit one by one, under a lock");

    @ArchTest
    static final ArchRule queriesAreReadToTheirEnd = noClasses()
            .should()
            .callMethod(JdbcClient.MappedQuerySpec.class, "stream")
            .because("a stream that nobody closes keeps its connection, and the pool runs dry: read list() or set()");

    @ArchTest
    static final ArchRule probeKindsNeverKnowEachOther = slices().matching("io.healthchecker.worker.probe.(*)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true)
            .because("a kind can be deleted by deleting its folder");

    @ArchTest
    static final ArchRule oneDoorLeadsToTargets = noClasses()
            .that(resideInAnyPackage(CORE, OPERATOR, WORKER, API))
            .and()
            .resideOutsideOfPackages("io.healthchecker.worker.dial..", "io.healthchecker.api.notify..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.net.http..", "io.netty.bootstrap..", "io.netty.resolver..")
                    .or(named(
                            "java.net.Socket",
                            "java.net.DatagramSocket",
                            "java.net.URLConnection",
                            "java.net.HttpURLConnection",
                            "java.nio.channels.SocketChannel",
                            "java.nio.channels.DatagramChannel",
                            "java.nio.channels.AsynchronousSocketChannel",
                            "org.springframework.web.client.RestClient",
                            "org.springframework.web.client.RestTemplate")))
            .orShould(callMethod(InetAddress.class, "getByName", String.class))
            .orShould(callMethod(InetAddress.class, "getAllByName", String.class))
            .because("the guard, which judges an address before it is dialled, cannot be forgotten there");

    @ArchTest
    static final ArchRule fewSpeakToKubernetes = noClasses()
            .that(resideInAPackage(OURS))
            .and()
            .resideOutsideOfPackages(
                    CRDS,
                    "io.healthchecker.operator.source.kubernetes..",
                    "io.healthchecker.operator.status..",
                    "io.healthchecker.operator.lead..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.fabric8.kubernetes..", "io.javaoperatorsdk.."))
            .because("the file source proves that the rest can do without");

    @ArchTest
    static final ArchRule onlyCoreTimeReadsAClock = noClasses()
            .that(resideInAPackage(OURS))
            .and()
            .resideOutsideOfPackage("io.healthchecker.core.time..")
            .should(SystemClock.beRead())
            .orShould(callConstructor(Date.class))
            .because("time is a parameter: pass a Ticker");

    @ArchTest
    static final ArchRule springAnnotationsStandInFewPlaces = classes()
            .that(resideInAPackage(OURS))
            .should(SpringAnnotations.standOnlyWhereSpringStarts())
            .because("objects are made by new in the feature's one Configuration, which shows what a thing needs");

    @Test
    void nothingSleepsTestsIncluded() throws IOException {
        assertThat(SourceTree.linesThatSleep())
                .as("tests await a condition, and code is told when by its Ticker or a queue")
                .isEmpty();
    }

    private static ArchRule knowsOfOursOnly(String who, String... known) {
        return noClasses()
                .that(resideInAPackage(who))
                .should()
                .dependOnClassesThat(
                        resideInAPackage(OURS).and(resideInAnyPackage(known).negate()));
    }

    private static String theyMeetElsewhere() {
        return "the processes meet in PostgreSQL and Redis, as they do when they run apart";
    }
}

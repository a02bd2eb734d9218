package io.nightshift.notifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.nightshift.notifier", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule the_rules_know_neither_nats_nor_messaging_nor_json_nor_http = noClasses()
            .that()
            .resideInAPackage("io.nightshift.notifier")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.nightshift.nats..",
                    "io.nats..",
                    "io.smallrye.reactive..",
                    "org.eclipse.microprofile.reactive..",
                    "com.fasterxml.jackson..",
                    "java.net.http..",
                    "io.nightshift.notifier.messaging..",
                    "io.nightshift.notifier.pushover..",
                    "io.nightshift.notifier.service..");

    @ArchTest
    static final ArchRule no_program_is_started =
            noClasses().should().dependOnClassesThat().belongToAnyOf(ProcessBuilder.class, Runtime.class);

    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("io.nightshift.notifier.(*)..").should().beFreeOfCycles();
}

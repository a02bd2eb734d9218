package io.nightshift.snapshot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.nightshift.snapshot", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule the_rules_know_no_messaging = noClasses()
            .that()
            .resideInAnyPackage("io.nightshift.snapshot", "..zfs..", "..copy..", "..coverage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.nats..", "io.nightshift.nats..", "..messaging..", "com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule programs_are_run_by_the_process_module =
            noClasses().should().dependOnClassesThat().belongToAnyOf(ProcessBuilder.class, Runtime.class);

    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("io.nightshift.snapshot.(**)").should().beFreeOfCycles();
}

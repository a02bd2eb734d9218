package io.nightshift.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.nightshift.worker", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule THE_ROOT_KNOWS_NO_NATS_NO_JSON_AND_NO_PROGRAM = noClasses()
            .that()
            .resideInAPackage("io.nightshift.worker")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.nats..",
                    "io.nightshift.nats..",
                    "io.nightshift.process..",
                    "com.fasterxml..",
                    "org.eclipse.microprofile.reactive..",
                    "io.smallrye.reactive..",
                    "io.nightshift.worker.*..");

    @ArchTest
    static final ArchRule ONLY_THE_LIBRARY_STARTS_PROCESSES =
            noClasses().should().dependOnClassesThat().areAssignableTo(ProcessBuilder.class);

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("io.nightshift.worker.(*)..").should().beFreeOfCycles();
}

package io.nightshift.process;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.nightshift.process", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule programs_are_started_and_ended_in_one_place_each = noClasses()
            .that()
            .doNotBelongToAnyOf(Start.class, Ending.class, AttachedProgram.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ProcessBuilder.class, Runtime.class);

    @ArchTest
    static final ArchRule the_library_needs_nothing_but_the_jdk_and_a_logger = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.nightshift.process", "java..", "org.jboss.logging", "org.jspecify..");
}

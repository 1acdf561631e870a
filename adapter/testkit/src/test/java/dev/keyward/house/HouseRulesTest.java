package dev.keyward.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom, and what is kept to one place. Each rule says why. */
class HouseRulesTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.keyward");

    /** For each module, the modules that it may know besides itself. */
    private static final Map<String, List<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("contract", List.of()),
            Map.entry("policy", List.of("contract")),
            Map.entry("pkcs11", List.of("contract")),
            Map.entry("sunpkcs11", List.of("contract")),
            Map.entry("store", List.of("contract")),
            Map.entry("audit", List.of("contract")),
            Map.entry("conformance", List.of("contract")),
            Map.entry("lifecycle", List.of("contract", "policy")),
            Map.entry("identity", List.of("contract", "policy")),
            Map.entry("kms", List.of("contract", "lifecycle")),
            Map.entry("http", List.of("contract", "kms")));

    static Stream<Arguments> modules() {
        return MAY_KNOW.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void modulesKnowOnlyWhomTheyMay(String module, List<String> known) {
        String[] allowed = Stream.concat(Stream.of(module), known.stream())
                .map(name -> "dev.keyward." + name + "..")
                .toArray(String[]::new);
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("dev.keyward." + module + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.keyward..").and(resideOutsideOfPackages(allowed)))
                .because("adapter/ARCHITECTURE.md lets " + module + " know only " + Arrays.toString(allowed));
        rule.check(PRODUCT);
    }

    @Test
    void noModuleKnowsAnotherInACircle() {
        slices().matching("dev.keyward.(*)..")
                .should()
                .beFreeOfCycles()
                .because("a reader must be able to begin somewhere")
                .check(PRODUCT);
    }

    @Test
    void theContractNeedsNothingButTheJdk() {
        noClasses()
                .that()
                .resideInAPackage("dev.keyward.contract..")
                .should()
                .dependOnClassesThat(
                        resideOutsideOfPackages("dev.keyward.contract..", "java..", "org.jspecify.annotations.."))
                .because("whoever implements a seam must not inherit our taste in libraries")
                .check(PRODUCT);
    }

    static Stream<Arguments> homes() {
        return Stream.of(
                Arguments.of("java.lang.foreign..", List.of("pkcs11"), "native memory is the PKCS#11 binding's alone"),
                Arguments.of("java.sql..", List.of("store"), "SQL stays in the store"),
                Arguments.of("org.jdbi..", List.of("store"), "SQL stays in the store"),
                Arguments.of("org.eclipse.jetty..", List.of("http"), "the server can be changed in one place"),
                Arguments.of("picocli..", List.of("cli"), "commands print and never decide"),
                Arguments.of("org.bouncycastle..", List.of("conformance"), "key bytes stay off the server's heap"),
                Arguments.of(
                        "software.amazon.awssdk..",
                        List.of("kms", "boot", "cli", "testkit", "jca"),
                        "AWS's classes stop at the face and at clients; handlers take the contract's nouns"));
    }

    @ParameterizedTest
    @MethodSource("homes")
    void librariesStayAtHome(String library, List<String> homes, String reason) {
        noClasses()
                .that()
                .resideInAPackage("dev.keyward..")
                .and()
                .resideOutsideOfPackages(
                        homes.stream().map(home -> "dev.keyward." + home + "..").toArray(String[]::new))
                .should()
                .dependOnClassesThat(resideInAnyPackage(library))
                .because(reason)
                .check(PRODUCT);
    }

    @Test
    void timeComesFromTheOneClock() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.keyward.lifecycle..",
                        "dev.keyward.policy..",
                        "dev.keyward.store..",
                        "dev.keyward.audit..",
                        "dev.keyward.kms..",
                        "dev.keyward.http..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("tests move the clock, and a request goes by one time from its beginning to its end")
                .check(PRODUCT);
    }

    @Test
    void nobodyReachesIntoTheJdk() {
        noClasses()
                .that()
                .resideInAPackage("dev.keyward..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("sun..", "jdk.internal..", "com.sun.crypto.."))
                .because("what is not public API is gone with the next JDK")
                .check(PRODUCT);
    }

    @Test
    void onlyCommandsPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.keyward.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("a library that prints cannot be embedded")
                .check(PRODUCT);
    }
}

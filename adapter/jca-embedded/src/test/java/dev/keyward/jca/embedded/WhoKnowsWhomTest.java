package dev.keyward.jca.embedded;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The provider is for programs on the other side of the door: of Keyward, only what runs it in process knows anything. */
class WhoKnowsWhomTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.keyward.jca");

    @Test
    void theProviderKnowsNobody() {
        noClasses()
                .that()
                .resideInAPackage("dev.keyward.jca")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.keyward..").and(resideOutsideOfPackages("dev.keyward.jca")))
                .because("it speaks to a KmsClient, whoever answers that")
                .check(PRODUCT);
    }

    @Test
    void inProcessItKnowsWhoOpensKeyward() {
        noClasses()
                .that()
                .resideInAPackage("dev.keyward.jca.embedded..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.keyward..")
                        .and(resideOutsideOfPackages("dev.keyward.jca..", "dev.keyward.boot..")))
                .because("what is behind the door, boot joins")
                .check(PRODUCT);
    }
}

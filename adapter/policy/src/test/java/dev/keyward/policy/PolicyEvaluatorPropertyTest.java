package dev.keyward.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.contract.CallingPrincipal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every decision, in a small world where everything meets everything often. */
class PolicyEvaluatorPropertyTest {
    private static final List<String> PRINCIPALS =
            List.of("everyone", "account", "elsewhere", "role", "session", "alice", "bob", "stranger");
    private static final List<String> ACTIONS = List.of("kms:Encrypt", "kms:Decrypt");
    private static final List<String> CONDITIONS = List.of("", "", " if aws:username=alice", " if aws:username=bob");

    /** Who asks for what under which policies. */
    record Case(String caller, String action, List<String> key, List<String> identity, List<String> session) {
        Case with(List<String> otherKey, List<String> otherIdentity, List<String> otherSession) {
            return new Case(caller, action, otherKey, otherIdentity, otherSession);
        }

        boolean isAllowed() {
            CallingPrincipal principal = Statements.caller(caller);
            return PolicyEvaluator.decide(new AuthorizationRequest(
                            new PrincipalPolicies(
                                    principal,
                                    Statements.policies("identity policy", String.join(", ", identity)),
                                    Statements.policies("session policy", String.join(", ", session))),
                            action,
                            new ProtectedResource(
                                    Statements.KEY,
                                    Statements.HERE,
                                    Statements.keyPolicy(String.join(", ", key)),
                                    List.of()),
                            Statements.context(principal)))
                    .allowed();
        }
    }

    @Property(tries = 2000)
    void agreesWithTheOracle(@ForAll("cases") Case asked) {
        PolicyOracle oracle = new PolicyOracle(asked.caller(), asked.action());
        assertThat(asked.isAllowed()).isEqualTo(oracle.allows(asked.key(), asked.identity(), asked.session()));
    }

    @Property(tries = 500)
    void addingADenyNeverAllows(@ForAll("cases") Case asked, @ForAll("keyDenies") String inKey, @ForAll Random random) {
        Case more = asked.with(inserted(asked.key(), inKey, random), asked.identity(), asked.session());
        assertThat(more.isAllowed() && !asked.isAllowed()).isFalse();
    }

    @Property(tries = 500)
    void addingADenyToAnIdentityNeverAllows(
            @ForAll("cases") Case asked, @ForAll("denies") String deny, @ForAll Random random) {
        Case more = asked.with(asked.key(), inserted(asked.identity(), deny, random), asked.session());
        assertThat(more.isAllowed() && !asked.isAllowed()).isFalse();
    }

    @Property(tries = 500)
    void addingAnAllowNeverDenies(
            @ForAll("cases") Case asked,
            @ForAll("keyAllows") String inKey,
            @ForAll("allows") String inIdentity,
            @ForAll Random random) {
        Case more = asked.with(
                inserted(asked.key(), inKey, random), inserted(asked.identity(), inIdentity, random), asked.session());
        assertThat(asked.isAllowed() && !more.isAllowed()).isFalse();
    }

    @Property(tries = 500)
    void theOrderOfStatementsNeverMatters(@ForAll("cases") Case asked, @ForAll Random random) {
        Case shuffled = asked.with(
                shuffled(asked.key(), random), shuffled(asked.identity(), random), shuffled(asked.session(), random));
        assertThat(shuffled.isAllowed()).isEqualTo(asked.isAllowed());
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Arbitraries.of("root", "alice", "bob", "admin", "stranger", "stranger-root"),
                        Arbitraries.of(ACTIONS),
                        Arbitraries.oneOf(keyAllows(), keyAllows(), keyDenies())
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(4),
                        Arbitraries.oneOf(allows(), allows(), denies()).list().ofMaxSize(2),
                        Arbitraries.oneOf(allows(), allows(), denies()).list().ofMaxSize(2))
                .as((caller, action, key, identity, session) ->
                        new Case(caller, action, key, identity, caller.equals("admin") ? session : List.of()));
    }

    @Provide
    Arbitrary<String> keyAllows() {
        return Combinators.combine(Arbitraries.of(PRINCIPALS), actions())
                .as((who, what) -> "Allow " + who + " " + what);
    }

    @Provide
    Arbitrary<String> keyDenies() {
        return Combinators.combine(Arbitraries.of("", "not-"), Arbitraries.of(PRINCIPALS), actions())
                .as((not, who, what) -> "Deny " + not + who + " " + what);
    }

    @Provide
    Arbitrary<String> allows() {
        return actions().map(what -> "Allow " + what);
    }

    @Provide
    Arbitrary<String> denies() {
        return actions().map(what -> "Deny " + what);
    }

    private static Arbitrary<String> actions() {
        return Combinators.combine(
                        Arbitraries.of("kms:Encrypt", "kms:Decrypt", "kms:*", "all-but-kms:Encrypt"),
                        Arbitraries.of(CONDITIONS))
                .as((action, condition) -> action + condition);
    }

    private static List<String> inserted(List<String> statements, String added, Random random) {
        List<String> more = new ArrayList<>(statements);
        more.add(random.nextInt(more.size() + 1), added);
        return more;
    }

    private static List<String> shuffled(List<String> statements, Random random) {
        List<String> shuffled = new ArrayList<>(statements);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }
}

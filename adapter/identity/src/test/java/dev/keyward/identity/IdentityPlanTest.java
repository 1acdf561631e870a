package dev.keyward.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyward.conformance.store.InMemoryIdentityStore;
import dev.keyward.contract.IdentityChange;
import dev.keyward.contract.IdentityRecord;
import dev.keyward.contract.IdentityStore;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The language of the tables is that of {@link People}. */
class IdentityPlanTest {
    private final IdentityStore store = new InMemoryIdentityStore();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // before           | wanted                | prune | differences
                "''                 | ''                    | true  | ''",
                "''                 | alice                 | false | + alice",
                "''                 | alice @admin>alice    | false | + alice, + @admin",
                "''                 | @admin>alice alice    | false | + @admin, + alice",
                "''                 | @admin>@admin         | false | + @admin",
                "''                 | alice @alice          | false | + alice, + @alice",
                "alice              | alice                 | true  | ''",
                "alice bob          | alice                 | false | ''",
                "alice bob          | alice                 | true  | - bob",
                "alice bob          | ''                    | true  | '- alice, - bob'",
                "alice              | alice:p               | false | ~ alice: policies",
                "alice:p            | alice                 | false | ~ alice: policies",
                "alice:p            | alice:q               | false | ~ alice: policies",
                "alice#t            | alice#u               | false | ~ alice: tags",
                "alice              | alice:p#t             | false | '~ alice: policies, tags'",
                "alice @admin>alice | @admin>alice          | false | ''",
                "alice bob @a>alice | @a>bob                | false | ~ @a: trust policy",
                "alice @a           | @a:p>alice            | false | '~ @a: policies, trust policy'",
                "alice bob @a>bob   | @a>alice alice        | true  | '- bob, ~ @a: trust policy'"
            })
    void saysWhatDiffers(String before, String wanted, boolean pruned, String differences) {
        People.put(store, before);

        assertThat(String.join(
                        ", ", People.shown(People.plan(store, wanted, pruned).differences())))
                .isEqualTo(differences);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // before | wanted         | prune | refusal
                "''       | alice alice    | false | arn:aws:iam::111122223333:user/alice is given twice",
                "''       | @admin>alice   | false | 'role admin: trust policy: there is no arn:aws:iam::111122223333:user/alice'",
                "alice    | @admin>alice   | true  | 'role admin: trust policy: there is no arn:aws:iam::111122223333:user/alice'",
                "''       | alice @b>@c    | false | 'role b: trust policy: there is no arn:aws:iam::111122223333:role/c'"
            })
    void refusesWhatCannotBe(String before, String wanted, boolean pruned, String refusal) {
        People.put(store, before);

        assertThatExceptionOfType(IdentityException.class)
                .isThrownBy(() -> People.plan(store, wanted, pruned))
                .withMessage(refusal);
    }

    /** Applying the same again mends a trust policy whose principal was made again: it names the new one now. */
    @Test
    void bindsTrustPoliciesToWhoeverIsThereNow() {
        People.put(store, "alice @admin>alice");
        IdentityRecord former = People.find(store, "alice");
        store.change(new IdentityChange.Delete(former));
        People.put(store, "alice");

        IdentityPlan plan = People.plan(store, "@admin>alice", false);
        assertThat(People.shown(plan.differences())).containsExactly("~ @admin: whom its trust policy means");
        store.change(plan.changes());

        IdentityRecord.RoleTerms terms =
                Objects.requireNonNull(People.find(store, "@admin").role());
        assertThat(terms.trustedIds())
                .containsEntry(People.arn("alice"), People.find(store, "alice").uniqueId());
    }

    @Test
    void keepsUniqueIds() {
        People.put(store, "alice");
        String uniqueId = People.find(store, "alice").uniqueId();

        store.change(People.plan(store, "alice:p#t bob", true).changes());

        assertThat(People.find(store, "alice").uniqueId()).isEqualTo(uniqueId);
        assertThat(People.find(store, "bob").uniqueId()).isNotEqualTo(uniqueId);
    }

    /** Whatever there is and whatever is wanted: once it is applied there is nothing left to do, and nobody else there. */
    @Property
    void isDoneOnce(@ForAll("people") List<String> before, @ForAll("people") List<String> wanted) {
        IdentityStore place = new InMemoryIdentityStore();
        People.put(place, String.join(" ", before));
        String people = String.join(" ", wanted);

        store(place, people);

        IdentityPlan again = People.plan(place, people, true);
        assertThat(again.differences()).isEmpty();
        assertThat(again.changes()).isEmpty();
        Set<String> arns = Stream.of(people.split(" ", -1))
                .filter(one -> !one.isEmpty())
                .map(one -> People.arn(one.replaceAll("[:#>].*", "")))
                .collect(Collectors.toSet());
        assertThat(place.listIdentities()).extracting(IdentityRecord::arn).containsExactlyInAnyOrderElementsOf(arns);
    }

    private static void store(IdentityStore place, String people) {
        place.change(People.plan(place, people, true).changes());
    }

    /** Any of three users and two roles, each once at most, who trust the account or each other. */
    @Provide
    Arbitrary<List<String>> people() {
        Arbitrary<String> policy = Arbitraries.of("", ":p", ":q");
        Arbitrary<String> tag = Arbitraries.of("", "#t", "#u");
        Arbitrary<String> users = Combinators.combine(Arbitraries.of("alice", "bob", "carol"), policy, tag)
                .as((name, ownPolicy, ownTag) -> name + ownPolicy + ownTag);
        Arbitrary<String> roles = Combinators.combine(
                        Arbitraries.of("@a", "@b"), policy, tag, Arbitraries.of(true, false))
                .as((name, ownPolicy, ownTag, self) -> name + ownPolicy + ownTag + (self ? ">" + name : ""));
        return Arbitraries.oneOf(users, roles).list().ofMaxSize(5).uniqueElements(one -> one.replaceAll("[:#>].*", ""));
    }
}

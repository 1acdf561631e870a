package dev.keyward.kms.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyward.kms.Requests;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.awssdk.core.SdkPojo;

/** What is written as JSON is read back as the same object, for every request class. */
class RoundTripPropertyTest {
    record Sample(Shape.Structure shape, SdkPojo request) {}

    @Property(tries = 1000)
    void whatIsWrittenIsReadBack(@ForAll("samples") Sample sample) {
        byte[] json = AwsJsonWriter.write(sample.request());

        assertThat(AwsJsonReader.read(json, sample.shape())).isEqualTo(sample.request());
    }

    @Provide
    Arbitrary<Sample> samples() {
        return Arbitraries.of(Requests.OPERATIONS).flatMap(operation -> {
            Shape.Structure shape = Requests.shape(operation);
            return RequestArbitraries.objects(shape).map(request -> new Sample(shape, request));
        });
    }
}

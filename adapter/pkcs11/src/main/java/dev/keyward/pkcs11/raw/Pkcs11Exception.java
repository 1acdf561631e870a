package dev.keyward.pkcs11.raw;

/** A PKCS#11 function that did not answer CKR_OK. */
public final class Pkcs11Exception extends RuntimeException {
    private final ReturnValue returnValue;
    private final Function function;

    public Pkcs11Exception(ReturnValue returnValue, Function function) {
        super(function.symbol() + " answered " + returnValue);
        this.returnValue = returnValue;
        this.function = function;
    }

    /** What it answered. */
    public ReturnValue returnValue() {
        return returnValue;
    }

    /** Which function it was. */
    public Function function() {
        return function;
    }

    /** Whether it answered one of these. */
    public boolean is(ReturnValue... values) {
        for (ReturnValue value : values) {
            if (value.equals(returnValue)) {
                return true;
            }
        }
        return false;
    }
}

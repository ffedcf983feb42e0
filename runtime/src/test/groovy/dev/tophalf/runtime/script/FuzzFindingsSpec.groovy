package dev.tophalf.runtime.script

import dev.tophalf.runtime.script.fuzz.Oracle
import spock.lang.Shared
import spock.lang.Specification

/** What fuzzing found, each with what went wrong. */
class FuzzFindingsSpec extends Specification {
    @Shared
    def oracle = new Oracle()

    def "#text is refused in the driver's words: #wrong"() {
        when:
        def verdict = oracle.judge(text)

        then:
        verdict.problems() == []
        verdict.notes()*.replace('fuzz.groovy:', '') == notes

        where:
        text                      || notes                                                | wrong
        '30 30'                   || ["1:1: 'int' has no function 'call'"]                | 'no place, as the parser made up the call'
        'Object o = "${10; 2}"'   || ["1:14: implicit declaration of function 'call'"]    | 'no place, as the parser made up the call'
    }

    def "#text runs: #wrong"() {
        when:
        def verdict = oracle.judge(text)

        then:
        verdict.problems() == []
        verdict.stage() == Oracle.Stage.RAN
        verdict.notes().containsAll(notes)

        where:
        text                                                                                                   || notes                                                                                                     | wrong
        'class node { int n }\nObject o = new u8[3]\nnode p = o\nprintk("")'                                   || ['finding: oops: wrong type behind a void pointer (class byte[] cannot be cast to class node) in the top level'] | 'the address of a class loader'
        'class node { int n }\nObject o = new device()\nnode p = o\nprintk("")'                                || ['finding: oops: wrong type behind a void pointer (class device cannot be cast to class node) in the top level'] | 'a class of the host'
        '__iomem r = devm_platform_ioremap_resource(null, 0)\nif (r + 8 > r + 4) printk("more")'               || ['more']                                                                                                   | 'pointers could be compared, and the verifier refused it'
    }
}

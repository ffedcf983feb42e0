package dev.tophalf.runtime.machine

import spock.lang.Specification

class DevicetreeSpec extends Specification {
    static final String FILE = 'no other file is read'
    static final String PREPROCESSOR = 'there is no preprocessor, write the text and the numbers out'

    static final LAB = '''\
        /dts-v1/;
        /memreserve/ 0x80000000 0x1000;

        / {
            #address-cells = <1>;
            #size-cells = <1>;
            compatible = "acme,lab", "acme,board";
            model = "Lab";
            interrupt-parent = <&gic>;

            aliases { button0 = &button; };

            gic: interrupt-controller@1000 {
                reg = <0x1000 0x1000>;
                interrupt-controller;
                #interrupt-cells = <2>;
            };

            soc {
                compatible = "simple-bus";
                #address-cells = <1>;
                #size-cells = <1>;
                ranges;

                button: front: button@10001000 {
                    compatible = "acme,button";
                    reg = <0x10001000 0x100>, <0x10002000 0x10>;
                    interrupts = <5 1>, <6 4>;
                    key-gpios = <&gpio 3 1>;
                };

                gpio: gpio@10003000 {
                    reg = <0x10003000 0x100>;
                    status = "disabled";
                };

                i2c@10004000 {
                    reg = <0x10004000 0x100>;
                    #address-cells = <1>;
                    #size-cells = <0>;

                    sensor@48 {
                        reg = <0x48>;
                        status = "okay";
                    };
                };
            };
        };
        '''.stripIndent()

    static Devicetree parse(String source) {
        Devicetree.parse(source, 'lab.dts')
    }

    /** The first root property {@code p} of a tree with the given value. */
    static DevicetreeProperty value(String value) {
        parse("/dts-v1/; / { p = $value; l: node { }; };").root().property('p').get()
    }

    static Devicetree root(String body) {
        parse("/dts-v1/;\n/ {\n$body\n};\n")
    }

    static String message(String place, String wanted, String found) {
        "lab.dts:$place: expected $wanted" + (found == null ? '' : ", found $found")
    }

    def "a node knows its names, its place and its line"() {
        given:
        def tree = parse(LAB)
        def button = tree.find('/soc/button@10001000').get()

        expect:
        button.name() == 'button@10001000'
        button.baseName() == 'button'
        button.unitAddress().get() == '10001000'
        button.path() == '/soc/button@10001000'
        button.toString() == '/soc/button@10001000'
        button.labels() == ['button', 'front']
        button.parent().get().path() == '/soc'
        button.line() == 25
        button.property('reg').get().line() == 27
        button.tree().is(tree)
        tree.fileName() == 'lab.dts'
        tree.root().path() == '/'
        tree.root().name() == ''
        tree.root().unitAddress().isEmpty()
        tree.root().parent().isEmpty()
    }

    def "nodes and properties keep their order"() {
        given:
        def tree = parse(LAB)

        expect:
        tree.root().properties()*.name() == ['#address-cells', '#size-cells', 'compatible', 'model', 'interrupt-parent']
        tree.root().children()*.name() == ['aliases', 'interrupt-controller@1000', 'soc']
        tree.nodes()*.path() == [
            '/', '/aliases', '/interrupt-controller@1000', '/soc', '/soc/button@10001000', '/soc/gpio@10003000',
            '/soc/i2c@10004000', '/soc/i2c@10004000/sensor@48',
        ]
        tree.labels() as List == ['gic', 'button', 'front', 'gpio']
        tree.warnings() == []
        tree.reservations() == [new DevicetreeReg(0x80000000L, 0x1000)]
    }

    def "find() answers #path with #found"() {
        expect:
        parse(LAB).find(path).map { it.path() }.orElse(null) == found

        where:
        path                    || found
        '/'                     || '/'
        '/soc'                  || '/soc'
        '/soc/'                 || '/soc'
        '/soc/button@10001000'  || '/soc/button@10001000'
        '/soc/button'           || null
        '/nowhere/button'       || null
        'button0'               || '/soc/button@10001000'
        'button0/child'         || null
        'button1'               || null
    }

    def "a child is found by its name with and without unit address"() {
        given:
        def soc = parse(LAB).find('/soc').get()

        expect:
        soc.child('button').get().is(soc.child('button@10001000').get())
        soc.child('button@1').isEmpty()
        soc.child('butt').isEmpty()
        soc.find('i2c@10004000/sensor@48').get().baseName() == 'sensor'
    }

    def "lookups answer what a property says, and nothing for an absent one"() {
        given:
        def node = root('''
            text = "one", "two";
            numbers = <1 0xffffffff>;
            empty;
            ''').root()

        expect:
        node.string('text').get() == 'one'
        node.strings('text') == ['one', 'two']
        node.cells('numbers') == [1, 0xffffffffL] as long[]
        node.cell('numbers').asLong == 1
        node.hasProperty('empty')
        node.property('empty').get().values() == []
        node.string('empty').isEmpty()
        node.string('numbers').isEmpty()

        and:
        !node.hasProperty('absent')
        node.property('absent').isEmpty()
        node.string('absent').isEmpty()
        node.strings('absent') == []
        node.cells('absent') == [] as long[]
        node.cell('absent').isEmpty()
    }

    def "compatible is a list, the most special first"() {
        expect:
        parse(LAB).root().compatible() == ['acme,lab', 'acme,board']
    }

    def "a node with status #status is enabled: #enabled"() {
        expect:
        root("n { ${status == null ? '' : "status = \"$status\";"} };").find('/n').get().enabled == enabled

        where:
        status     || enabled
        null       || true
        'okay'     || true
        'ok'       || true
        'disabled' || false
        'fail'     || false
        'reserved' || false
    }

    def "#source is the bytes #hex"() {
        expect:
        value(source).bytes().encodeHex().toString() == hex

        where:
        source                          || hex
        '"ab"'                          || '616200'
        '"a", "b"'                      || '61006200'
        '""'                            || '00'
        '"ä"'                           || 'c3a400'
        '<1>'                           || '00000001'
        '<1 2>, <3>'                    || '000000010000000200000003'
        '<>'                            || ''
        '[0a 0b]'                       || '0a0b'
        '[0a0bFF]'                      || '0a0bff'
        '[]'                            || ''
        '/bits/ 8 <1 0xff>'             || '01ff'
        '/bits/ 16 <1 2>'               || '00010002'
        '/bits/ 32 <1>'                 || '00000001'
        '/bits/ 64 <0x123456789abcdef>' || '0123456789abcdef'
        '"a", <1>, [ff]'                || '610000000001ff'
        '&l'                            || '2f6e6f646500'
        'x: <1 y: 2> z:'                || '0000000100000002'
        '[00 b: 01]'                    || '0001'
    }

    def "the bytes of a property read as #bits bits are #numbers"() {
        expect:
        value('<0x01020304 0xfffffffe>').numbers(bits) == numbers as long[]

        where:
        bits || numbers
        8    || [1, 2, 3, 4, 255, 255, 255, 254]
        16   || [0x102, 0x304, 0xffff, 0xfffe]
        32   || [0x1020304, 0xfffffffeL]
        64   || [0x01020304fffffffeL]
    }

    def "the items of a value keep their kind"() {
        expect:
        value('"s", <1 &l>, [02], &l, /bits/ 16 <3>').values()*.class*.simpleName ==
            ['Text', 'Cells', 'Bytes', 'NodePath', 'Cells']
    }

    def "#source is the string #text"() {
        expect:
        value(source).strings() == [text]

        where:
        source               || text
        /"a\tb\n"/           || 'a\tb\n'
        /"q\"q\\"/           || 'q"q\\'
        /"\x41\101\x7"/      || 'AA\u0007'
        /"\a\b\f\r\v"/       || '\u0007\b\f\r\u000b'
        /"\q"/               || 'q'
        '"/* no */ // no"'   || '/* no */ // no'
    }

    def "a zero inside of a string divides it, as drivers see it"() {
        expect:
        value(/"a\0b"/).strings() == ['a', 'b']
    }

    def "#literal is #number"() {
        expect:
        value("<$literal>").cells() == [number] as long[]

        where:
        literal      || number
        '10'         || 10
        '0x1F'       || 31
        '0X1f'       || 31
        '017'        || 15
        '0'          || 0
        '10U'        || 10
        '10UL'       || 10
        '0x10ULL'    || 16
        '10L'        || 10
        '10LL'       || 10
        /'a'/        || 97
        /'\n'/       || 10
        /'\x41'/     || 65
        /'\''/       || 39
        /'\0'/       || 0
        '4294967295' || 0xffffffffL
    }

    def "(#expression) is #number"() {
        expect:
        value("/bits/ 64 <($expression)>").numbers(64) == [number] as long[]

        where:
        expression            || number
        '1 + 2 * 3'           || 7
        '(1 + 2) * 3'         || 9
        '7 - 2 - 1'           || 4
        '7 / 2'               || 3
        '7 % 4'               || 3
        '1 << 4 | 1'          || 17
        '0x100 >> 4'          || 16
        '1 << 64'             || 0
        '1 >> 64'             || 0
        '0xf0 & 0x3c'         || 0x30
        '6 ^ 3'               || 5
        '~0'                  || -1
        '-1'                  || -1
        '- -1'                || 1
        '!5'                  || 0
        '!0'                  || 1
        '~1 & 0xff'           || 0xfe
        '1 && 2'              || 1
        '1 && 0'              || 0
        '0 || 3'              || 1
        '0 || 0'              || 0
        '1 < 2'               || 1
        '2 > 3'               || 0
        '2 <= 2'              || 1
        '1 >= 2'              || 0
        '-1 > 1'              || 1
        '1 == 1'              || 1
        '1 != 1'              || 0
        '1 ? 2 : 3'           || 2
        '0 ? 2 : 0 ? 4 : 5'   || 5
        '1 ? 0 ? 6 : 7 : 8'   || 7
        '1 | 2 == 2'          || 1
        '-1 / 2'              || 0x7fffffffffffffffL
        '5 /* five */ + 1'    || 6
    }

    def "cells take numbers that fit, and note those that do not"() {
        when:
        def tree = root("p = $source;")

        then:
        tree.root().property('p').get().bytes().encodeHex().toString() == hex
        tree.warnings() == warnings

        where:
        source                  || hex        | warnings
        '<(-1)>'                || 'ffffffff' | []
        '<0xffffffff>'          || 'ffffffff' | []
        '<0x100000002>'         || '00000002' | ['lab.dts:3:6: 0x100000002 does not fit into 32 bits, 0x2 is left']
        '/bits/ 8 <(-128)>'     || '80'       | []
        '/bits/ 8 <256>'        || '00'       | ['lab.dts:3:15: 0x100 does not fit into 8 bits, 0x0 is left']
    }

    def "comments and blanks stand anywhere"() {
        expect:
        parse('''// first
            /* a ** comment / */ /dts-v1/ /**/ ;
            / { // the root
                a /* name */ = /* value */ <1 /* one */ 2>, // and
                    "x";
                b;/**/
            };// end''').root().properties()*.name() == ['a', 'b']
    }

    def "names may have every character that names have"() {
        expect:
        root('a,b._+*#?@-9 = <1>; 8250; #x; n,o@1,2 { 1 { }; };').nodes()*.path() == ['/', '/n,o@1,2', '/n,o@1,2/1']
    }

    def "a reference in a cell is the phandle of the node"() {
        given:
        def tree = root('''
            a = <&two 7 &one>;
            b = <&two>;
            one: one { phandle = <1>; };
            two: two { sub { }; };
            three { c = <&{/two} &{two/sub}>; };
            ''')

        expect:
        tree.root().cells('a') == [2, 7, 1] as long[]
        tree.root().cells('b') == [2] as long[]
        tree.find('/three').get().cells('c') == [2, 3] as long[]
        tree.byPhandle(1).get().name() == 'one'
        tree.byPhandle(2).get().name() == 'two'
        tree.byPhandle(3).get().name() == 'sub'
        tree.byPhandle(4).isEmpty()
        tree.find('/two').get().cell('phandle').asLong == 2
        tree.byLabel('two').get().name() == 'two'
        tree.byLabel('four').isEmpty()
    }

    def "a reference outside of cells is the path of the node"() {
        expect:
        root('p = &b, &{/a/b}; a { b: b { }; };').root().strings('p') == ['/a/b', '/a/b']
    }

    def "several root blocks are one node"() {
        given:
        def tree = parse('''/dts-v1/;
            / { a = <1>; b = <1>; n { x; }; };
            r: / { b = <2>; c = <1>; n { y; m { }; }; };
            ''')

        expect:
        tree.root().properties()*.toString() == ['a = <0x1>', 'b = <0x2>', 'c = <0x1>']
        tree.find('/n').get().properties()*.name() == ['x', 'y']
        tree.find('/n').get().children()*.name() == ['m']
        tree.root().labels() == ['r']
        tree.warnings() == []
    }

    def "a block for #target changes an earlier node"() {
        given:
        def tree = parse("""/dts-v1/;
            / { #address-cells = <1>; #size-cells = <0>; soc { #address-cells = <1>; #size-cells = <0>;
                u: uart@1 { reg = <1>; status = "disabled"; clock { }; }; }; };
            $target { status = "okay"; new; clock { rate = <5>; }; };
            """)
        def uart = tree.find('/soc/uart@1').get()

        expect:
        uart.enabled
        uart.properties()*.name() == ['reg', 'status', 'new']
        uart.property('status').get().line() == 4
        uart.find('clock').get().cells('rate') == [5] as long[]
        uart.line() == 3

        where:
        target << ['&u', '&{/soc/uart@1}', 'again: &u', 'u: &u']
    }

    def "nodes and properties can be deleted"() {
        given:
        def tree = parse('''/dts-v1/;
            / {
                a; b;
                /delete-property/ a;
                one: one { in: inner { }; };
                two: two { };
                three { };
                /delete-node/ three;
            };
            / { /delete-property/ b; };
            /delete-node/ &one;
            /delete-node/ &{/two};
            / { one: other { }; };
            ''')

        expect:
        tree.root().properties() == []
        tree.root().children()*.name() == ['other']
        tree.byLabel('one').get().name() == 'other'
        tree.byLabel('in').isEmpty()
        tree.warnings() == []
    }

    def "reg is in addresses of the CPU where the buses pass them on"() {
        given:
        def tree = root("""
            #address-cells = <$above>; #size-cells = <1>;
            bus {
                #address-cells = <$cells>; #size-cells = <1>;
                $ranges
                sub {
                    #address-cells = <1>; #size-cells = <1>; ranges;
                    n { reg = <0x100 0x10>, <0x200 0x20>; };
                };
            };""")
        def node = tree.find('/bus/sub/n').get()

        expect:
        node.reg()*.address() == addresses
        node.reg()*.size() == [0x10, 0x20]
        node.memoryMapped == mapped

        where:
        above | cells | ranges                                             || addresses                    | mapped
        1     | 1     | 'ranges;'                                          || [0x100, 0x200]               | true
        1     | 1     | ''                                                 || [0x100, 0x200]               | false
        1     | 1     | 'ranges = <0 0x40000000 0x1000>;'                  || [0x40000100, 0x40000200]     | true
        1     | 1     | 'ranges = <0 0x4000 0x200>, <0x200 0x8000 0x100>;' || [0x4100, 0x8000]             | true
        1     | 1     | 'ranges = <0x100 0x4000 0x100>;'                   || [0x4000, 0x200]              | false
        2     | 1     | 'ranges = <0 0x1 0x80000000 0x1000>;'              || [0x180000100L, 0x180000200L] | true
        1     | 2     | 'ranges = <0 0 0x5000 0x1000>;'                    || [0x5100, 0x5200]             | true
        1     | 3     | 'ranges = <0 0 0 0x5000 0x1000>;'                  || [0x100, 0x200]               | false
    }

    def "reg with #addressCells address cells and #sizeCells size cells reads as #reg"() {
        expect:
        root("""
            #address-cells = <$addressCells>; #size-cells = <$sizeCells>;
            n { reg = <$cells>; };""").find('/n').get().reg().collect { [it.address(), it.size()] } == reg

        where:
        addressCells | sizeCells | cells                || reg
        1            | 0         | '0x48 0x49'          || [[0x48, 0], [0x49, 0]]
        1            | 1         | '0x1000 0x10'        || [[0x1000, 0x10]]
        2            | 1         | '1 2 3'              || [[0x100000002L, 3]]
        2            | 2         | '0 2 1 0'            || [[2, 0x100000000L]]
        3            | 2         | '0x8000 0 4 0 0x100' || [[4, 0x100]]
        1            | 1         | '0xf0000000 1'       || [[0xf0000000L, 1]]
    }

    def "the parent of a node gives two address cells and one size cell unless it says so"() {
        given:
        def tree = root('n@100000002 { reg = <1 2 3>; };')

        expect:
        tree.find('/n@100000002').get().reg() == [new DevicetreeReg(0x100000002L, 3)]
        tree.warnings() == ["lab.dts:2:1: node '/' has children with 'reg', but not both #address-cells and " +
            "#size-cells (unless given: 2 and 1)"]
    }

    def "a child of an I2C bus has an address, but is not memory mapped"() {
        given:
        def tree = parse(LAB)
        def sensor = tree.find('/soc/i2c@10004000/sensor@48').get()

        expect:
        sensor.reg() == [new DevicetreeReg(0x48, 0)]
        !sensor.memoryMapped
        tree.find('/soc/button@10001000').get().memoryMapped
        tree.root().reg() == []
        !tree.root().memoryMapped
    }

    def "interrupts go to the controller that stands above"() {
        given:
        def button = parse(LAB).find('/soc/button@10001000').get()

        expect:
        button.interrupts()*.controller()*.path() == ['/interrupt-controller@1000'] * 2
        button.interrupts()*.specifier() == [[5L, 1L], [6L, 4L]]
        button.interruptParent().get().path() == '/interrupt-controller@1000'
    }

    def "the interrupt parent of a node is #controller with #description"() {
        given:
        def tree = root("""
            ${named(above)}
            gic: gic { #interrupt-cells = <1>; };
            other: other { #interrupt-cells = <2>; };
            hop: hop { interrupt-parent = <&other>; };
            bus { $bus node { ${named(own)} }; };
            """)
        def node = tree.find('/bus/node').get()

        expect:
        node.interruptParent().map { it.name() }.orElse(null) == controller

        where:
        description           | above | bus                       | own      || controller
        'none named'          | ''    | ''                        | ''       || null
        'one named above'     | 'gic' | ''                        | ''       || 'gic'
        'one named nearer'    | 'gic' | named('other')            | ''       || 'other'
        'one named in it'     | 'gic' | ''                        | 'other'  || 'other'
        'a controller above'  | 'gic' | '#interrupt-cells = <1>;' | ''       || 'bus'
        'one named elsewhere' | ''    | named('hop')              | ''       || 'other'
    }

    static String named(String parent) {
        parent.empty ? '' : "interrupt-parent = <&$parent>;"
    }

    def "a circle of interrupt parents ends"() {
        expect:
        root('a: a { interrupt-parent = <&b>; }; b: b { interrupt-parent = <&a>; };')
            .find('/a').get().interruptParent().isEmpty()
    }

    def "interrupts-extended names a controller for each interrupt"() {
        given:
        def node = root('''
            gic: gic { #interrupt-cells = <1>; };
            gpio: gpio { #interrupt-cells = <2>; };
            n { interrupts = <1>; interrupts-extended = <&gic 4>, <&gpio 7 2>; };
            ''').find('/n').get()

        expect:
        node.interrupts()*.controller()*.name() == ['gic', 'gpio']
        node.interrupts()*.specifier() == [[4L], [7L, 2L]]
    }

    def "a tree written out and read again is the same tree"() {
        given:
        def tree = parse(LAB + '''
            &gpio { odd = "q\\"\\t", &button, [00 ff], /bits/ 64 <0x123456789>, <>; };
            &gic { \\#x; };
            ''')
        def again = parse(tree.toSource())

        expect:
        again.toSource() == tree.toSource()
        again.nodes()*.path() == tree.nodes()*.path()
        again.nodes()*.labels() == tree.nodes()*.labels()
        [again.nodes(), tree.nodes()].transpose().every { a, b ->
            a.properties()*.bytes()*.toList() == b.properties()*.bytes()*.toList()
        }
        again.reservations() == tree.reservations()
    }

    def "the normalised source has one form"() {
        expect:
        parse('''/dts-v1/; /memreserve/ 16 (1<<4);
            / { l: m: n { p; q = < 1 0x0A &l>,"x"; }; };''').toSource() == '''\
            /dts-v1/;
            /memreserve/ 0x10 0x10;

            / {
            \tl: m: n {
            \t\tp;
            \t\tq = <0x1 0xa &l>, "x";
            \t\tphandle = <0x1>;
            \t};
            };
            '''.stripIndent()
    }

    def "the source #source is refused at #place"() {
        when:
        parse(source)

        then:
        DevicetreeException e = thrown()
        e.message == message(place, wanted, found)
        "$e.fileName:$e.line:$e.column" == "lab.dts:$place"

        where:
        source                                      || place  | found                 | wanted
        ''                                          || '1:1'  | 'the end of the file' | "'/dts-v1/;' at the start"
        '/ { };'                                    || '1:1'  | "'/'"                 | "'/dts-v1/;' at the start"
        '/dts-v1/ / { };'                           || '1:10' | "'/'"                 | "';' after '/dts-v1/'"
        '/dts-v1/;'                                 || '1:10' | 'the end of the file' | "the root node, '/ { };'"
        '/dts-v1/; &a { };'                         || '1:11' | "'&a'"                | "the root node, '/ {'"
        '/dts-v1/; /plugin/; / { };'                || '1:11' | "'/plugin/'"          | "the root node, '/ {'"
        '/dts-v1/; soc { };'                        || '1:11' | "'soc'"               | "the root node, '/ {'"
        '/dts-v1/; / { }; soc { };' ||
            '1:18' | "'soc'" | "'/ {', '&label {' or '/delete-node/'"
        '/dts-v1/; / { }'                           || '1:16' | 'the end of the file' | "';' after node '/'"
        '/dts-v1/; / ;'                             || '1:13' | "';'"                 | "'{' to begin node '/'"
        '/dts-v1/; / { a'                           || '1:16' | 'the end of the file' | "'=', ';' or '{' after 'a'"
        '/dts-v1/; / { a = <1>\n};'                 || '2:1'  | "'}'"                 | "';' after property 'a'"
        '/dts-v1/; / { a = "b'                      || '1:19' | 'the end of the file' | '" to end this string'
        '/dts-v1/; / { a = "\\'                     || '1:20' | 'the end of the file' | "a character after '\\'"
        '/dts-v1/; /* / { };'                       || '1:11' | 'the end of the file' | "'*/' to end this comment"
        '/dts-v1/; l: / { a = /bits/ 8 <&l>; };' ||
            '1:32' | "'&l'" | 'a number: a phandle does not fit into 8 bits'
        '/dts-v1/; / { }; &b { };' ||
            '1:18' | "'&b'" | 'a label of this tree (there is none)'
        '/dts-v1/; / { }; &{/b} { };'               || '1:18' | "'&{/b}'"             | 'the path of a node'
        '/dts-v1/; / { }; /delete-node/ b;' ||
            '1:32' | "'b'" | "'&label' or '&{/path}' after '/delete-node/'"
        '/dts-v1/; / { }; /delete-node/ &{/};' ||
            '1:32' | "'&{/}'" | 'a node below the root to delete'
        '/dts-v1/; /memreserve/ 1; / { };'          || '1:25' | "';'"                 | "a number or '('"
    }

    def "the root node { #body } is refused at #place"() {
        when:
        parse("/dts-v1/; / { $body };")

        then:
        DevicetreeException e = thrown()
        e.message == message(place, wanted, found)

        where:
        body                                        || place  | found                 | wanted
        '<1>;' ||
            '1:15' | "'<'" | "a property, a node or '}' in node '/'"
        'a b;'                                      || '1:17' | "'b'"                 | "'=', ';' or '{' after 'a'"
        'a = ;' ||
            '1:19' | "';'" | "a string, '<', '[', '/bits/' or a reference as value of 'a'"
        'a = 5;' ||
            '1:19' | "'5'" | "a string, '<', '[', '/bits/' or a reference as value of 'a'"
        'a = <1>\nb-c = <2>;'                       || '2:1'  | "'b-c'"               | "';' after property 'a'"
        'a = <1> <2>;'                              || '1:23' | "'<'"                 | "';' after property 'a'"
        'a = <1;\n'                                 || '1:21' | "';'"                 | "a number, '(', '&label' or '>'"
        'a = <FOO>;' ||
            '1:20' | "'FOO'" | "a number, '&label' or '>' (names of constants are not known here)"
        'a = <1 + 2>;'                              || '1:22' | "'+'"                 | "a number, '(', '&label' or '>'"
        'a = <(1 + )>;'                             || '1:25' | "')'"                 | "a number or '('"
        'a = <(1 2)>;'                              || '1:23' | "'2'"                 | "an operator or ')'"
        'a = <(1 ? 2)>;'                            || '1:26' | "')'"                 | "':' of '?:'"
        'a = <(1 / 0)>;' ||
            '1:23' | '0' | "a divisor other than 0 after '/'"
        'a = <09>;'                                 || '1:20' | "'09'"                | 'a number of at most 64 bits'
        'a = <0x>;'                                 || '1:20' | "'0x'"                | 'a number of at most 64 bits'
        'a = <1LU>;'                                || '1:20' | "'1LU'"               | 'a number of at most 64 bits'
        'a = <18446744073709551616>;'               || '1:20' | "'18446744073709551616'" | 'a number of at most 64 bits'
        "a = <'ab'>;"                               || '1:20' | "'ab'"                | 'one character between quotes'
        "a = <'>;"                                  || '1:20' | 'the end of the file' | "' to end this character"
        'a = "b\n";'                                || '1:19' | 'the end of the line' | '" to end this string'
        'a = "\\xff";'                              || '1:20' | "'\\xff': write bytes as [ ]" | 'an escape up to \\x7f'
        'a = [0];' ||
            '1:20' | "'0'" | "a byte of two hexadecimal digits or ']'"
        'a = [0x10];' ||
            '1:20' | "'0x10'" | "a byte of two hexadecimal digits or ']'"
        'a = /bits/ 24 <1>;'                        || '1:26' | "'24'"                | "8, 16, 32 or 64 after '/bits/'"
        'a = /bits/ 8 1;'                           || '1:28' | "'1'"                 | "'<' after '/bits/ 8'"
        'a { }; b;' ||
            '1:22' | "'b'" | "properties before the first node in '/'"
        'a@1@2 { };' ||
            '1:15' | "'a@1@2'" | "a node name with at most one '@'"
        'l: a { }; l: b { };'                       || '1:25' | "'l', which is /a"    | 'a label of its own'
        'a = <&b>;' ||
            '1:20' | "'&b'" | 'a label of this tree (there is none)'
        'x: n { a = &b; }; y: m { };'               || '1:26' | "'&b'"                | 'a label of this tree (x, y)'
        'a = &{/b/c};'                              || '1:19' | "'&{/b/c}'"           | 'the path of a node'
        'a = &{/b;'                                 || '1:23' | null                  | "'}' after the path '&{/b'"
        '/delete-node/ &b;'                         || '1:29' | "'&b'"                | "a name after '/delete-node/'"
        '/bits/ a;' ||
            '1:15' | "'/bits/'" | "a property, a node, '/delete-property/' or '/delete-node/'"
        'phandle = <0>;'                            || '1:15' | "'phandle = <0x0>'"   | 'one phandle of 1 to 0xfffffffe'
        'phandle = <1>; a { phandle = <1>; };'      || '1:34' | '1, which is /'       | 'a phandle of its own'
        '#address-cells = <5>; a@1 { reg = <1>; };' ||
            '1:15' | "'#address-cells = <0x5>'" | 'one number of at most 4 as #address-cells'
        '#address-cells = <1>; #size-cells = <1>; a { reg = <1>; };' ||
            '1:60' | '1' | "a multiple of 2 cells in 'reg' (#address-cells and #size-cells of /)"
        '#address-cells = <1>; #size-cells = <1>; b { ranges = <0 1>; a { reg = <1 2 3>; }; };' ||
            '1:60' | '2' | "a multiple of 4 cells in 'ranges' (an address here, one above, a size)"
        'a { interrupts = <1>; };' ||
            '1:19' | "none for 'interrupts'" | "'interrupt-parent' in '/a' or above"
        '#interrupt-cells = <2>; a { interrupts = <1>; };' ||
            '1:43' | '1' | "a multiple of 2 cells in 'interrupts' (#interrupt-cells of /)"
        'a { interrupt-parent = <9>; interrupts = <1>; };' ||
            '1:19' | '9' | "the phandle of a node in 'interrupt-parent'"
        'x: x { }; a { interrupts-extended = <&x 1>; };' ||
            '1:29' | '0' | "#interrupt-cells of 1 to 16 in '/x'"
        'x: x { #interrupt-cells = <2>; }; a { interrupts-extended = <&x 1>; };' ||
            '1:53' | '1' | "2 cells after each reference to '/x'"
    }

    def "other files and the preprocessor are refused where they stand: #source"() {
        when:
        parse(source)

        then:
        DevicetreeException e = thrown()
        e.message == "lab.dts:$place: expected $wanted, found '$word': $why"

        where:
        source                                || place  | word        | why
        '/include/ "a.dtsi"\n'                || '1:1'  | '/include/' | FILE
        '/dts-v1/; / { a = /incbin/("f"); };' || '1:19' | '/incbin/'  | FILE
        '#include <a.h>\n/dts-v1/;'           || '1:1'  | '#include'  | PREPROCESSOR
        '/dts-v1/;\n/ {\n\t#define A 1\n};'   || '3:2'  | '#define'   | PREPROCESSOR
        '/dts-v1/;\n#ifdef A\n'               || '2:1'  | '#ifdef'    | PREPROCESSOR
        wanted = why == FILE ? 'the source itself' : 'plain Devicetree source'
    }

    /** A node with 42 names in its path, and a block for it with so many nodes inside each other. */
    static String overlay(int depth) {
        '/dts-v1/; / {' + 'n {' * 40 + 'l: m { };' + '};' * 41 + '&l {' + 'n {' * depth + '};' * (depth + 1)
    }

    def "#what may be 64 deep and no deeper"() {
        when:
        parse(source(64))

        then:
        noExceptionThrown()

        when:
        parse(source(65))

        then:
        DevicetreeException e = thrown()
        e.message.endsWith("expected at most 64 $what inside each other, found one more")

        where:
        what        | source
        'nodes'     | { int n -> '/dts-v1/; / {' + 'n {' * (n - 1) + '};' * n }
        'nodes'     | { int n -> overlay(n - 42) }
        'operators' | { int n -> '/dts-v1/; / { a = <' + '(' * n + '1' + ')' * n + '>; };' }
        'operators' | { int n -> '/dts-v1/; / { a = <(' + '-' * (n - 1) + '1)>; };' }
        'operators' | { int n -> '/dts-v1/; / { a = <(' + '1?' * (n - 1) + '1' + ':1' * (n - 1) + ')>; };' }
    }

    def "odd but possible is warned of: #body"() {
        expect:
        root("#address-cells = <1>; #size-cells = <1>;\n$body").warnings() == ["lab.dts:$warning"]

        where:
        body                         || warning
        'a@1 { };'                   || "4:1: node '/a@1' has the unit address '1', but no 'reg'"
        'a { reg = <1 1>; };'        || "4:1: node '/a' has 'reg', but no unit address"
        'a@2 { reg = <1 1>; };'      || "4:1: node '/a@2' has the unit address '2', but 'reg' begins with 0x1"
        'a@0x1 { reg = <1 1>; };'    || "4:1: node '/a@0x1' has the unit address '0x1', but 'reg' begins with 0x1"
        'p; p;'                      || "4:4: property 'p' is there twice, the last counts; dtc refuses that"
        'a { }; a { };'              || "4:8: node 'a' is there twice, the two are merged; dtc refuses that"
        '/delete-property/ p;'       || "4:19: nothing called 'p' in '/' to delete"
        '/delete-node/ n;'           || "4:15: nothing called 'n' in '/' to delete"
        'b@0 { #address-cells = <1>; #size-cells = <1>; ranges = <0 0 4>; a@8 { reg = <8 1>; }; };' ||
            "4:66: node '/b@0/a@8' has 'reg' at 0x8, outside of the 'ranges' of '/b@0'"
    }

    def "nothing is odd about #body"() {
        expect:
        root("#address-cells = <1>; #size-cells = <1>;\n$body").warnings() == []

        where:
        body << [
            'a@1 { reg = <1 1>; };',
            'a@ffff0000 { reg = <0xffff0000 1>; };',
            'a@40 { #address-cells = <1>; #size-cells = <1>; ranges = <0 0x40 4>; };',
            'p; /delete-property/ p; p;',
            'a { }; /delete-node/ a; a { };',
            'b { #address-cells = <3>; #size-cells = <2>; pci@1,0 { reg = <0x800 0 0 0 0>; }; };',
        ]
    }

    def "of a property given twice the last counts, in the place of the first"() {
        expect:
        root('a = <1>; b; a = <2>;').root().properties()*.toString() == ['a = <0x2>', 'b']
    }
}

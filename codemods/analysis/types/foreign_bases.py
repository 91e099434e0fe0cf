"""What is known of bases from outside the file."""

from __future__ import annotations

from functools import cache

ENUMS = frozenset({"enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag"})

_HARMLESS = frozenset({
    "builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol", "typing.NamedTuple",
    "threading.Thread", "unittest.TestCase", "unittest.IsolatedAsyncioTestCase", "ast.NodeVisitor", "ast.NodeTransformer",
    "json.JSONEncoder", "json.JSONDecoder", "html.parser.HTMLParser", "cmd.Cmd", "argparse.Action", "argparse.ArgumentParser",
    "argparse.HelpFormatter", "logging.Handler", "logging.Formatter", "logging.Filter", "string.Formatter", "string.Template",
    "contextlib.ContextDecorator", "contextlib.AbstractContextManager", "http.server.BaseHTTPRequestHandler", "random.Random",
    "socketserver.BaseRequestHandler", "enum.Enum", "collections.abc.Mapping", "collections.abc.MutableMapping",
    "collections.abc.Sequence", "collections.abc.Iterator", "collections.abc.MutableSequence", "collections.abc.Iterable",
    "collections.abc.Set", "collections.abc.MutableSet", "collections.abc.Callable", "collections.abc.Hashable", "collections.abc.Sized",
    "collections.abc.Collection",
})  # fmt: skip
"""Bases from outside the file that set no attribute behind its back, and call no method, but those in `_OWN`."""

_BARE = frozenset({"builtins.object", "abc.ABC", "typing.Generic", "typing.Protocol", "typing_extensions.Protocol"})

_TEST_CASE = """
    _addDuration _addExpectedFailure _addUnexpectedSuccess _assertNotWarns _baseAssertEqual _callCleanup _callSetUp _callTearDown
    _callTestMethod _cleanups _deprecate _diffThreshold _formatMessage _getAssertEqualityFunc _outcome _subtest _testMethodDoc
    _testMethodName _truncateMessage _type_equality_funcs addClassCleanup addCleanup addTypeEqualityFunc assertAlmostEqual
    assertAlmostEquals assertCountEqual assertDictContainsSubset assertDictEqual assertEqual assertEquals assertFalse
    assertGreater assertGreaterEqual assertIn assertIs assertIsInstance assertIsNone assertIsNot assertIsNotNone assertLess
    assertLessEqual assertListEqual assertLogs assertMultiLineEqual assertNoLogs assertNotAlmostEqual assertNotAlmostEquals
    assertNotEqual assertNotEquals assertNotIn assertNotIsInstance assertNotRegex assertNotRegexpMatches assertRaises
    assertRaisesRegex assertRaisesRegexp assertRegex assertRegexpMatches assertSequenceEqual assertSetEqual assertTrue
    assertTupleEqual assertWarns assertWarnsRegex assert_ countTestCases debug defaultTestResult doClassCleanups doCleanups
    enterClassContext enterContext fail failIf failIfAlmostEqual failIfEqual failUnless failUnlessAlmostEqual failUnlessEqual
    failUnlessRaises failureException id longMessage maxDiff run setUp setUpClass shortDescription skipTest subTest tearDown
    tearDownClass
"""

_OWN = {
    "argparse.Action": """
        _get_args _get_kwargs choices const default deprecated dest format_usage help metavar nargs option_strings required type
    """,
    "argparse.ArgumentParser": """
        _action_groups _actions _add_action _add_container_actions _check_conflict _check_value _defaults _get_args _get_formatter
        _get_handler _get_kwargs _get_nargs_pattern _get_option_tuples _get_optional_actions _get_optional_kwargs
        _get_positional_actions _get_positional_kwargs _get_value _get_values _handle_conflict_error _handle_conflict_resolve
        _has_negative_number_optionals _match_argument _match_arguments_partial _mutually_exclusive_groups _negative_number_matcher
        _option_string_actions _optionals _parse_known_args _parse_optional _pop_action_class _positionals _print_message
        _read_args_from_files _registries _registry_get _remove_action _subparsers _warning add_argument add_argument_group add_help
        add_mutually_exclusive_group add_subparsers allow_abbrev argument_default conflict_handler convert_arg_line_to_args
        description epilog error exit exit_on_error format_help format_usage formatter_class fromfile_prefix_chars get_default
        parse_args parse_intermixed_args parse_known_args parse_known_intermixed_args prefix_chars print_help print_usage prog
        register set_defaults usage
    """,
    "argparse.HelpFormatter": """
        _Section _action_max_length _add_item _current_indent _current_section _dedent _expand_help _fill_text _format_action
        _format_action_invocation _format_actions_usage _format_args _format_text _format_usage _get_actions_usage_parts
        _get_default_metavar_for_optional _get_default_metavar_for_positional _get_help_string _indent _indent_increment
        _iter_indented_subactions _join_parts _level _long_break_matcher _max_help_position _metavar_formatter _prog _root_section
        _split_lines _whitespace_matcher _width add_argument add_arguments add_text add_usage end_section format_help start_section
    """,
    "ast.NodeTransformer": "generic_visit visit visit_Constant",
    "ast.NodeVisitor": "generic_visit visit visit_Constant",
    "cmd.Cmd": """
        cmdloop cmdqueue columnize complete complete_help completedefault completekey completenames default do_help doc_header
        doc_leader emptyline get_names identchars intro lastcmd misc_header nohelp onecmd parseline postcmd postloop precmd preloop
        print_topics prompt ruler stdin stdout undoc_header use_rawinput
    """,
    "collections.abc.Mapping": "get items keys values",
    "collections.abc.MutableMapping": "_MutableMapping__marker clear get items keys pop popitem setdefault update values",
    "collections.abc.MutableSequence": "append clear count extend index insert pop remove reverse",
    "collections.abc.MutableSet": "_from_iterable _hash add clear discard isdisjoint pop remove",
    "collections.abc.Sequence": "count index",
    "collections.abc.Set": "_from_iterable _hash isdisjoint",
    "contextlib.ContextDecorator": "_recreate_cm",
    "enum.Enum": """
        _generate_next_value_ _hashable_values_ _member_map_ _member_names_ _member_type_ _missing_ _name_ _new_member_ _sort_order_
        _unhashable_values_ _use_args_ _value2member_map_ _value_ _value_repr_ name value
    """,
    "html.parser.HTMLParser": """
        CDATA_CONTENT_ELEMENTS _HTMLParser__starttag_text _decl_otherchars _parse_doctype_attlist _parse_doctype_element
        _parse_doctype_entity _parse_doctype_notation _parse_doctype_subset _scan_name cdata_elem check_for_whole_start_tag
        clear_cdata_mode close convert_charrefs feed get_starttag_text getpos goahead handle_charref handle_comment handle_data
        handle_decl handle_endtag handle_entityref handle_pi handle_startendtag handle_starttag interesting lasttag lineno offset
        parse_bogus_comment parse_comment parse_declaration parse_endtag parse_html_declaration parse_marked_section parse_pi
        parse_starttag rawdata reset set_cdata_mode unknown_decl updatepos
    """,
    "http.server.BaseHTTPRequestHandler": """
        MessageClass _control_char_table address_string client_address close_connection command connection date_time_string
        default_request_version disable_nagle_algorithm end_headers error_content_type error_message_format finish flush_headers
        handle handle_expect_100 handle_one_request headers log_date_time_string log_error log_message log_request monthname
        parse_request path protocol_version raw_requestline rbufsize request request_version requestline responses rfile send_error
        send_header send_response send_response_only server server_name server_version setup sys_version timeout version_string
        wbufsize weekdayname wfile
    """,
    "json.JSONDecoder": """
        decode memo object_hook object_pairs_hook parse_array parse_constant parse_float parse_int parse_object parse_string
        raw_decode scan_once strict
    """,
    "json.JSONEncoder": """
        allow_nan check_circular default encode ensure_ascii indent item_separator iterencode key_separator skipkeys sort_keys
    """,
    "logging.Filter": "filter name nlen",
    "logging.Formatter": """
        _fmt _style converter datefmt default_msec_format default_time_format format formatException formatMessage formatStack
        formatTime usesTime
    """,
    "logging.Handler": """
        _at_fork_reinit _closed _name acquire addFilter close createLock emit filter filters flush format formatter get_name handle
        handleError level lock name release removeFilter setFormatter setLevel set_name
    """,
    "random.Random": """
        VERSION _randbelow _randbelow_with_getrandbits _randbelow_without_getrandbits betavariate binomialvariate choice choices
        expovariate gammavariate gauss gauss_next getrandbits getstate lognormvariate normalvariate paretovariate randbytes randint
        random randrange sample seed setstate shuffle triangular uniform vonmisesvariate weibullvariate
    """,
    "socketserver.BaseRequestHandler": "client_address finish handle request server setup",
    "string.Formatter": "_vformat check_unused_args convert_field format format_field get_field get_value parse vformat",
    "string.Template": """
        _invalid braceidpattern delimiter flags get_identifiers idpattern is_valid pattern safe_substitute substitute template
    """,
    "threading.Thread": """
        _after_fork _args _bootstrap _bootstrap_inner _daemonic _delete _handle _ident _initialized _invoke_excepthook _is_stopped
        _kwargs _name _native_id _reset_internal_locks _set_ident _set_native_id _set_tstate_lock _started _stderr _stop _target
        _tstate_lock _wait_for_tstate_lock daemon getName ident isDaemon is_alive join name native_id run setDaemon setName start
    """,
    "unittest.TestCase": _TEST_CASE,
    "unittest.IsolatedAsyncioTestCase": f"""{_TEST_CASE}
        _asyncioRunner _asyncioTestContext _callAsync _callMaybeAsync _classSetupFailed _class_cleanups _setupAsyncioRunner
        _tearDownAsyncioRunner addAsyncCleanup asyncSetUp asyncTearDown enterAsyncContext loop_factory
    """,
}  # fmt: skip
"""Methods and attributes that they have themselves, those of their own use among them, in all versions of Python."""

_EXCEPTIONS_HAVE = frozenset({
    "args", "errno", "strerror", "filename", "filename2", "value", "code", "name", "path", "obj", "start", "end", "object", "reason",
    "encoding", "lineno", "offset", "text", "msg", "print_file_and_line", "characters_written", "exceptions", "message",
    "with_traceback", "add_note", "derive", "split", "subgroup",
})  # fmt: skip
"""Attributes and methods of some builtin exception."""


def _is_known(origin: str) -> bool:
    if origin in _HARMLESS or origin in ENUMS:
        return True
    return origin.startswith("builtins.") and origin.endswith(("Error", "Exception", "Warning", "Interrupt", "Exit"))


def has(origin: str, name: str) -> bool:
    """Whether a base has a method or attribute of that name, or may have."""
    if not _is_known(origin) or name in _names("enum.Enum" if origin in ENUMS else origin):
        return True
    return origin not in _BARE and (name.endswith("__") or (origin.startswith("builtins.") and name in _EXCEPTIONS_HAVE))


@cache
def _names(origin: str) -> frozenset[str]:
    return frozenset(_OWN.get(origin, "").split())

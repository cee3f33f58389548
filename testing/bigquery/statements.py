"""Checks statements that are meant for BigQuery, since the emulator takes more than BigQuery does.

    statements.py < statements.json      [{"name": ..., "sql": ...}] → {"checked": n, "rules": [...], "problems": [{"name", "rule", "found"}]}

Each must pass sqlglot's parser for BigQuery, and none may break a rule of RULES.
"""

import json
import re
import sys

import sqlglot
from sqlglot import exp
from sqlglot.tokens import TokenType

# Functions of GoogleSQL that statements may use; one that is not here is DuckDB's, or nobody has looked it up yet.
FUNCTIONS = set(
    """
    ABS ANY_VALUE APPROX_QUANTILES ARRAY ARRAY_AGG ARRAY_LENGTH AVG CAST CEIL COALESCE CONCAT COUNT COUNTIF DATE DATETIME DATE_ADD DATE_DIFF
    DATE_SUB DATE_TRUNC DENSE_RANK DIV EXTRACT FARM_FINGERPRINT FIRST_VALUE FLOOR FORMAT_DATE FORMAT_TIMESTAMP GENERATE_DATE_ARRAY GREATEST IF
    IFNULL LAG LAST_VALUE LEAD LEAST LENGTH LN LOGICAL_AND LOGICAL_OR LOWER LPAD MAX MIN MOD NTILE NULLIF ONELANE_QUANTILE POW RANK REGEXP_CONTAINS
    REGEXP_EXTRACT REGEXP_REPLACE REPLACE ROUND ROW_NUMBER SAFE_CAST SAFE_DIVIDE SPLIT SQRT STARTS_WITH STRPOS STRUCT SUBSTR SUM TIMESTAMP
    TIMESTAMP_ADD TIMESTAMP_DIFF TIMESTAMP_MICROS TIMESTAMP_SUB TIMESTAMP_TRUNC TO_JSON_STRING TRIM UNIX_MICROS UNNEST UPPER WEEK EXP SIGN TRUNC
    STDDEV VARIANCE CURRENT_DATE CURRENT_TIMESTAMP ERROR OFFSET SAFE_OFFSET PERCENT_RANK CUME_DIST
    """.split()
)
TYPES = set("INT64 BIGINT INTEGER INT NUMERIC DECIMAL FLOAT64 STRING BOOL BOOLEAN DATE DATETIME TIMESTAMP BYTES ARRAY STRUCT".split())
RESERVED = set(
    """
    ALL AND ANY ARRAY AS ASC ASSERT_ROWS_MODIFIED AT BETWEEN BY CASE CAST COLLATE CONTAINS CREATE CROSS CUBE CURRENT DEFAULT DEFINE DESC DISTINCT
    ELSE END ENUM ESCAPE EXCEPT EXCLUDE EXISTS EXTRACT FALSE FETCH FOLLOWING FOR FROM FULL GROUP GROUPING GROUPS HASH HAVING IF IGNORE IN INNER
    INTERSECT INTERVAL INTO IS JOIN LATERAL LEFT LIKE LIMIT LOOKUP MERGE NATURAL NEW NO NOT NULL NULLS OF ON OR ORDER OUTER OVER PARTITION
    PRECEDING PROTO QUALIFY RANGE RECURSIVE RESPECT RIGHT ROLLUP ROWS SELECT SET SOME STRUCT TABLESAMPLE THEN TO TREAT TRUE UNBOUNDED UNION
    UNNEST USING WHEN WHERE WINDOW WITH WITHIN
    """.split()
)
# Words that may stand before "(" and are no function.
NO_FUNCTION = set(
    """
    ALL AND ANY AS BETWEEN BY CASE DISTINCT ELSE EXCEPT EXISTS FROM HAVING IN INTERSECT INTERVAL IS JOIN LIKE LIMIT NOT ON OPTIONS OR OVER PARTITION
    QUALIFY SELECT SOME THEN UNION USING VALUES WHEN WHERE WINDOW WITH
    """.split()
)

RULES = {
    "parses": "sqlglot's parser for BigQuery reads it",
    "cast operator": "no `::`",
    "functions": "only functions of GoogleSQL that are listed in statements.py",
    "types": "only types of GoogleSQL; no double, varchar, text, hugeint, timestamptz",
    "cast parameters": "no digits in the type of a cast, which BigQuery takes in columns only",
    "reserved words": "no reserved word as a name without backticks",
    "double quotes": "nothing in double quotes: what is a name to DuckDB is text to GoogleSQL",
    "ilike": "no ILIKE, SIMILAR TO, GLOB, ~",
    "lambda": "no lambda, list comprehension or map literal",
    "filter": "no FILTER (WHERE …) of an aggregate",
    "qualify": "QUALIFY only with WHERE, GROUP BY or HAVING",
    "outer joins": "a LEFT, RIGHT or FULL JOIN has an equality between both sides",
    "recursion": "WITH RECURSIVE only at the top",
    "group by all": "no GROUP BY ALL, ORDER BY ALL, SELECT COLUMNS(…), positional or natural joins, ASOF, PIVOT, SEMI or ANTI joins",
    "intervals": "no interval literal but INTERVAL <number> <part>",
    "untyped null": "a null that is no part of a set operation has a type",
    "unnest alias": "no generate_series, range or unnest in a select list",
}


def check(name, sql):
    def found(rule, what):
        problems.append({"name": name, "rule": rule, "found": str(what)[:200]})

    problems = []
    dialect = sqlglot.Dialect.get_or_raise("bigquery")
    try:
        tokens = dialect.tokenize(sql)
        trees = [tree for tree in sqlglot.parse(sql, dialect="bigquery", error_level=sqlglot.ErrorLevel.RAISE) if tree]
    except sqlglot.errors.SqlglotError as error:
        found("parses", error)
        return problems
    check_tokens(sql, tokens, found)
    for tree in trees:
        check_tree(tree, found)
    return problems


def check_tokens(sql, tokens, found):
    for index, (token, following) in enumerate(zip(tokens, [*tokens[1:], None])):
        upper = token.text.upper()
        written = sql[token.start : token.end + 1]
        if token.token_type == TokenType.DCOLON:
            found("cast operator", context(sql, token))
        elif token.token_type in (TokenType.ILIKE, TokenType.SIMILAR_TO, TokenType.GLOB, TokenType.RLIKE, TokenType.TILDE) and upper != "REGEXP_CONTAINS":
            found("ilike", context(sql, token))
        elif token.token_type in (TokenType.ARROW, TokenType.FARROW, TokenType.L_BRACE):
            found("lambda", context(sql, token))
        elif upper == "INTERVAL" and following and following.token_type == TokenType.STRING:
            found("intervals", context(sql, token))
        elif written.startswith('"'):
            found("double quotes", context(sql, token))
        if upper in ("CAST", "SAFE_CAST", "TRY_CAST"):
            check_cast(sql, tokens, index, found)
        if following and following.token_type == TokenType.L_PAREN and re.fullmatch(r"\w+", written) and not written[0].isdigit():
            if upper == "FUNCTION":
                continue
            if upper == "FILTER":
                found("filter", context(sql, token))
            elif upper not in FUNCTIONS | NO_FUNCTION | TYPES and not names_columns(tokens, index):
                found("functions", context(sql, token))
        if upper == "AS" and following and following.text.upper() in RESERVED and sql[following.start] != "`" and following.text.upper() not in ("STRUCT", "ARRAY", "SELECT", "WITH", "NULL", "INTERVAL"):
            if following.token_type != TokenType.L_PAREN:
                found("reserved words", context(sql, token))
        if token.token_type == TokenType.DOT and following and following.text.upper() in RESERVED and sql[following.start] != "`":
            found("reserved words", context(sql, token))


def names_columns(tokens, index):
    """`name (columns)` of a WITH clause or of INSERT: no call."""
    return index > 0 and tokens[index - 1].text.upper() in ("WITH", "RECURSIVE", "INTO", "TABLE")


def check_cast(sql, tokens, index, found):
    """The type as it is written, for the parser knows other warehouses' types by BigQuery's names."""
    depth = 0
    for place in range(index + 1, len(tokens)):
        kind = tokens[place].token_type
        depth += (kind == TokenType.L_PAREN) - (kind == TokenType.R_PAREN)
        if depth == 1 and tokens[place].text.upper() == "AS" and kind == TokenType.ALIAS:
            written, after = tokens[place + 1], tokens[place + 2]
            if written.text.upper() not in TYPES:
                found("types", context(sql, written))
            elif after.token_type == TokenType.L_PAREN:
                found("cast parameters", context(sql, written))
        if depth == 0:
            return


def check_tree(tree, found):
    for node in tree.walk():
        if isinstance(node, exp.Select):
            check_select(node, found)
        elif isinstance(node, exp.With) and node.recursive:
            around = node.parent.parent
            # CREATE TABLE AS may have its query in brackets.
            if isinstance(around, exp.Subquery) and isinstance(around.parent, exp.Create):
                around = around.parent
            if around is not None and not isinstance(around, (exp.Create, exp.Insert)):
                found("recursion", node.parent.sql("bigquery")[:80])
        elif isinstance(node, exp.Join):
            check_join(node, found)
        elif isinstance(node, (exp.Lambda, exp.Comprehension, exp.ToMap)):
            found("lambda", node.sql("bigquery"))
        elif isinstance(node, (exp.Pivot,)):
            found("group by all", node.sql("bigquery"))


def check_select(node, found):
    if node.args.get("qualify") and not any(node.args.get(part) for part in ("where", "group", "having")):
        found("qualify", node.args["qualify"].sql("bigquery"))
    group, order = node.args.get("group"), node.args.get("order")
    if group and group.args.get("all") or order and any(part.this.sql().upper() == "ALL" for part in order.expressions):
        found("group by all", node.sql("bigquery")[:80])
    in_set = node.find_ancestor(exp.SetOperation, exp.Subquery, exp.CTE)
    for projection in node.expressions:
        value = projection.unalias()
        if isinstance(value, exp.Null) and not isinstance(in_set, exp.SetOperation):
            found("untyped null", projection.sql("bigquery"))
        if isinstance(value, (exp.Unnest, exp.GenerateSeries, exp.Explode)):
            found("unnest alias", projection.sql("bigquery"))


def check_join(node, found):
    if node.kind in ("SEMI", "ANTI") or node.method in ("NATURAL", "ASOF", "POSITIONAL"):
        found("group by all", node.sql("bigquery")[:120])
    if node.side not in ("LEFT", "RIGHT", "FULL") or node.args.get("using"):
        return
    condition = node.args.get("on")
    mine = node.this.alias_or_name
    for part in condition.flatten() if isinstance(condition, exp.And) else [condition]:
        part = part.unnest()
        if isinstance(part, exp.EQ):
            sides = [{column.table for column in side.find_all(exp.Column)} for side in (part.left, part.right)]
            if all(sides) and ({mine} in sides or any(side == {mine} for side in sides)) and any(mine not in side for side in sides):
                return
    found("outer joins", node.sql("bigquery")[:160])


def context(sql, token):
    return re.sub(r"\s+", " ", sql[max(0, token.start - 30) : token.end + 31]).strip()


if __name__ == "__main__":
    statements = json.load(sys.stdin)
    problems = [problem for statement in statements for problem in check(statement["name"], statement["sql"])]
    json.dump({"checked": len(statements), "rules": RULES, "problems": problems}, sys.stdout, ensure_ascii=False)

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "5.100.0" }
  }
}
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  s3_use_path_style           = true
  endpoints {
    events = "http://127.0.0.1:5055"
    iam = "http://127.0.0.1:5055"
    sqs = "http://127.0.0.1:5055"
    sns = "http://127.0.0.1:5055"
    kms = "http://127.0.0.1:5055"
    s3 = "http://127.0.0.1:5055"
    sts = "http://127.0.0.1:5055"
    lambda = "http://127.0.0.1:5055"
    pipes = "http://127.0.0.1:5055"
    scheduler = "http://127.0.0.1:5055"
    logs = "http://127.0.0.1:5055"
    organizations = "http://127.0.0.1:5055"
  }
}
provider "aws" {
  alias                       = "hub"
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  s3_use_path_style           = true
  endpoints {
    events = "http://127.0.0.1:5055"
    iam = "http://127.0.0.1:5055"
    sqs = "http://127.0.0.1:5055"
    sns = "http://127.0.0.1:5055"
    kms = "http://127.0.0.1:5055"
    s3 = "http://127.0.0.1:5055"
    sts = "http://127.0.0.1:5055"
    lambda = "http://127.0.0.1:5055"
    pipes = "http://127.0.0.1:5055"
    scheduler = "http://127.0.0.1:5055"
    logs = "http://127.0.0.1:5055"
    organizations = "http://127.0.0.1:5055"
  }
}
variable "org_id" { default = "o-abcd123456" }
locals { names = ["a", "b"] }

resource "aws_cloudwatch_event_bus" "orders" {
  name = "orders"
  dead_letter_config { arn = module.q["main"].arn }
}
data "aws_iam_policy_document" "bus" {
  statement {
    sid       = "org"
    actions   = ["events:PutEvents"]
    resources = [aws_cloudwatch_event_bus.orders.arn]
    principals {
      type        = "AWS"
      identifiers = ["*"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = [var.org_id]
    }
    condition {
      test     = "ArnLike"
      variable = "aws:PrincipalArn"
      values   = [aws_iam_role.fwd.arn, "arn:aws:iam::111122223333:role/x"]
    }
  }
}
resource "aws_s3_bucket" "b" { bucket_prefix = "log-" }
resource "aws_cloudwatch_event_bus_policy" "orders" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  policy         = data.aws_iam_policy_document.bus.json
}
resource "aws_cloudwatch_event_rule" "fwd" {
  name_prefix    = "fwd-"
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  event_pattern  = jsonencode({ source = [{ prefix = "com.acme." }] })
}
resource "aws_cloudwatch_event_rule" "byarn" {
  name           = "byarn"
  is_enabled     = false
  event_bus_name = aws_cloudwatch_event_bus.orders.arn
  event_pattern  = jsonencode({ source = [{ prefix = "com.acme." }] })
}
resource "aws_cloudwatch_event_target" "each" {
  for_each       = toset(local.names)
  rule           = aws_cloudwatch_event_rule.fwd.name
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  arn            = aws_sqs_queue.each[each.key].arn
  input_transformer {
    input_paths    = { id = "$.detail.id" }
    input_template = "{\"id\": <id>}"
  }
  retry_policy {
    maximum_retry_attempts = 5
  }
}
resource "aws_sqs_queue" "each" {
  for_each = toset(local.names)
  name     = "each-${each.key}"
}
data "aws_iam_policy_document" "q" {
  for_each = aws_sqs_queue.each
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [each.value.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}
resource "aws_cloudwatch_event_target" "hub" {
  rule           = aws_cloudwatch_event_rule.fwd.name
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  target_id      = "hub"
  arn            = aws_cloudwatch_event_bus.hub.arn
  role_arn       = aws_iam_role.fwd.arn
  dead_letter_config { arn = module.q["main"].arn }
}
resource "aws_cloudwatch_event_bus" "hub" {
  provider = aws.hub
  name     = "hub"
}
module "q" {
  source   = "./q"
  for_each = { main = "main-dlq" }
  name     = each.value
  rule_arn = aws_cloudwatch_event_rule.fwd.arn
}
resource "aws_iam_role" "fwd" {
  name               = "fwd"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "events.amazonaws.com" } }] })
}
resource "aws_iam_role" "inline" {
  name               = "inline"
  assume_role_policy = data.aws_iam_policy_document.static.json
  dynamic "inline_policy" {
    for_each = toset(local.names)
    content {
      name   = inline_policy.key
      policy = data.aws_iam_policy_document.put.json
    }
  }
  managed_policy_arns = [aws_iam_policy.put.arn]
}
data "aws_iam_policy_document" "static" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["pipes.amazonaws.com"]
    }
  }
}
data "aws_iam_policy_document" "put" {
  source_policy_documents   = [data.aws_iam_policy_document.base.json]
  statement {
    actions   = ["events:PutEvents"]
    resources = [aws_cloudwatch_event_bus.hub.arn]
  }
}
data "aws_iam_policy_document" "base" {
  statement {
    sid       = "base"
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.k.arn]
  }
}
resource "aws_kms_key" "k" {}
resource "aws_kms_key_policy" "k" {
  key_id = aws_kms_key.k.id
  policy = data.aws_iam_policy_document.base.json
}
resource "aws_iam_policy" "put" {
  name   = "put"
  policy = data.aws_iam_policy_document.put.json
}
data "aws_caller_identity" "current" {}
data "aws_region" "current" {}
data "aws_partition" "current" {}
resource "aws_sns_topic" "t" { name = "t" }
resource "aws_sns_topic_policy" "t" {
  arn    = aws_sns_topic.t.arn
  policy = data.aws_iam_policy_document.base.json
}
resource "aws_scheduler_schedule" "s" {
  name = "s"
  flexible_time_window { mode = "OFF" }
  schedule_expression = "rate(1 hour)"
  target {
    arn      = aws_cloudwatch_event_bus.orders.arn
    role_arn = aws_iam_role.fwd.arn
    eventbridge_parameters {
      detail_type = "d"
      source      = "s"
    }
  }
}
resource "aws_cloudwatch_event_permission" "dev" {
  principal      = "222222222222"
  statement_id   = "Dev"
  event_bus_name = aws_cloudwatch_event_bus.hub.name
  provider       = aws.hub
}
resource "aws_iam_user" "u" { name = "u" }
resource "aws_iam_group" "g" {
  count = 2
  name  = "g${count.index}"
}
resource "aws_iam_user_group_membership" "u" {
  user   = aws_iam_user.u.name
  groups = [aws_iam_group.g[0].name, aws_iam_group.g[1].name]
}
resource "aws_iam_group_policy" "g" {
  count  = 2
  group  = aws_iam_group.g[count.index].id
  policy = data.aws_iam_policy_document.put.json
}
resource "aws_cloudwatch_event_archive" "a" {
  name             = "a"
  event_source_arn = aws_cloudwatch_event_bus.orders.arn
}
resource "aws_sqs_queue" "new" { name = "new" }
resource "aws_cloudwatch_event_target" "new" {
  rule           = aws_cloudwatch_event_rule.fwd.name
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  arn            = aws_sqs_queue.new.arn
}
removed {
  from = aws_iam_role_policy_attachment.put
  lifecycle { destroy = false }
}
